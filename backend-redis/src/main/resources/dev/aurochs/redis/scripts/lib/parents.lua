--@use job
--@use names
-- What a parent learns of its children (rules F2-F11, F20, K11, K19). A finished parent takes note and stays.
local POLICIES = { fpof = 'fail', cpof = 'continue', idof = 'ignore', rdof = 'remove' }

-- The parent of a job that was read, or nil.
local function parent_of(job)
    if not job.parent_key then return nil end
    local ok, link = pcall(cjson.decode, job.parent_link or '{}')
    local parent
    if ok and type(link) == 'table' and link.queueKey and link.id then
        parent = job_in(queue_at(link.queueKey .. ':'), tostring(link.id))
        for flag, policy in pairs(POLICIES) do
            if link[flag] == true then parent.policy = policy end
        end
    else
        parent = job_at(job.parent_key)
    end
    return parent
end

local function waits_for_children(parent)
    return call('ZSCORE', parent.q.base .. 'waiting-children', parent.id)
end

local function release(parent)
    call('ZREM', parent.q.base .. 'waiting-children', parent.id)
    local f = call('HMGET', parent.key, 'priority', 'delay')
    local priority, delay = tonumber(f[1]) or 0, tonumber(f[2]) or 0
    if delay > 0 then
        make_delayed(parent, now + delay)
    else
        make_wait(parent, priority, priority == 0, 'waiting-children')
    end
end

local function release_when_none_pends(parent)
    if call('SCARD', parent.key .. ':dependencies') == 0 and waits_for_children(parent) then release(parent) end
end

-- A child failed and takes its parent along, unless that runs or has finished.
local function doom(parent, reason)
    if call('HEXISTS', parent.key, 'name') == 0 or call('HEXISTS', parent.key, 'finishedOn') == 1 then return end
    if is_active(parent) then return end
    call('HSET', parent.key, 'defa', reason)
    for _, from in ipairs({ 'waiting-children', 'delayed' }) do
        if leave(parent, from) then
            local priority = tonumber(call('HGET', parent.key, 'priority')) or 0
            make_wait(parent, priority, priority == 0, from)
            call('HSET', parent.key, 'delay', '0')
            return
        end
    end
end

local function pends(parent, child)
    return call('SISMEMBER', parent.key .. ':dependencies', child.key) == 1
end

local function no_longer_pends(parent, child)
    return call('SREM', parent.key .. ':dependencies', child.key) == 1
end

local function note_failure(parent, child, reason)
    call('HSET', parent.key, 'cf:' .. child.key, reason)
end

local function child_completed(child, parent, result)
    if not no_longer_pends(parent, child) then return end
    call('HSET', parent.key .. ':processed', child.key, result)
    release_when_none_pends(parent)
end

local child_failed = {
    wait = function(child, parent, reason)
        if pends(parent, child) then note_failure(parent, child, reason) end
    end,
    fail = function(child, parent, reason)
        if not no_longer_pends(parent, child) then return end
        call('ZADD', parent.key .. ':unsuccessful', now_text, child.key)
        note_failure(parent, child, reason)
        doom(parent, 'child ' .. spoken(child) .. ' failed: ' .. reason)
    end,
    continue = function(child, parent, reason)
        if not no_longer_pends(parent, child) then return end
        call('HSET', parent.key .. ':failed', child.key, reason)
        if waits_for_children(parent) then release(parent) end
    end,
    ignore = function(child, parent, reason)
        if not no_longer_pends(parent, child) then return end
        call('HSET', parent.key .. ':failed', child.key, reason)
        release_when_none_pends(parent)
    end,
    remove = function(child, parent)
        if no_longer_pends(parent, child) then release_when_none_pends(parent) end
    end
}

local function tell_parent_of_result(child, result)
    local parent = parent_of(child)
    if parent then child_completed(child, parent, result) end
end

local function tell_parent_of_failure(child, reason)
    local parent = parent_of(child)
    if parent then child_failed[parent.policy or 'wait'](child, parent, reason) end
end

-- True when the parent lists the child, pending or not.
local function lists(parent, child)
    return pends(parent, child)
        or call('HEXISTS', parent.key .. ':processed', child.key) == 1
        or call('HEXISTS', parent.key .. ':failed', child.key) == 1
        or call('ZSCORE', parent.key .. ':unsuccessful', child.key) and true
end

local function forget_endings(parent, child)
    call('HDEL', parent.key .. ':processed', child.key)
    call('HDEL', parent.key .. ':failed', child.key)
    call('ZREM', parent.key .. ':unsuccessful', child.key)
    call('HDEL', parent.key, 'cf:' .. child.key)
end

local function adopt_again(parent, child)
    forget_endings(parent, child)
    call('SADD', parent.key .. ':dependencies', child.key)
end

-- A finished child runs again.
local function tell_parent_of_retry(child)
    local parent = parent_of(child)
    if parent and lists(parent, child) then adopt_again(parent, child) end
end

-- The child is no more, or no longer this parent's.
local function tell_parent_of_removal(child)
    local parent = parent_of(child)
    if parent and no_longer_pends(parent, child) then
        call('HDEL', parent.key, 'cf:' .. child.key)
        release_when_none_pends(parent)
    end
end
