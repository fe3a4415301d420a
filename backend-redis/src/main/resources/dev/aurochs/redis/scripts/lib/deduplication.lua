--@use job
--@use entry
-- Who holds which deduplication id (rules A10, A13-A18).
local function holding_key(q, id)
    return q.base .. 'de:' .. id
end

local function remembered_key(q, id)
    return q.base .. 'dn:' .. id
end

-- The job that holds an id, and whether it does so for a time; nil when none does.
local function holder(q, id)
    local owner = call('GET', holding_key(q, id))
    if not owner then return nil end
    local timed = call('PTTL', holding_key(q, id)) >= 0
    if timed then return owner, true end
    local f = call('HMGET', q.base .. owner, 'name', 'finishedOn')
    if f[1] and not f[2] then return owner, false end
end

local function hold(q, id, owner, ttl)
    if ttl then
        call('SET', holding_key(q, id), owner, 'PX', digits(ttl))
    else
        call('SET', holding_key(q, id), owner)
    end
end

local function ttl_of(de)
    if de.keepLastIfActive ~= true then return tonumber(de.ttl) end
end

local function tell_deduplicated(q, kept, id, refused)
    emit(q, 'deduplicated', 'jobId', kept, 'deduplicationId', id, 'deduplicatedJobId', refused)
end

-- True when the holder is delayed and makes way for a job; never for its own child.
local function makes_way(q, owner, de, parent_key)
    if de.replace ~= true or parent_key == q.base .. owner then return false end
    return call('ZSCORE', q.base .. 'delayed', owner) and true or false
end

-- The job stays out: it may be remembered, or prolong the holder's time. `stored` are the fields it would have had.
local function keep_out(q, owner, de, refused)
    if de.keepLastIfActive == true and is_active(job_in(q, owner)) then
        local key = remembered_key(q, de.id)
        call('DEL', key)
        call('HSET', key, 'name', refused.name, 'data', refused.data, 'opts', refused.opts, 'jid', refused.id)
        call('PERSIST', holding_key(q, de.id))
    elseif de.extend == true and de.replace ~= true then
        local f = call('HMGET', q.base .. owner, 'name', 'finishedOn')
        local works = f[1] and not f[2]
        if works or de.keepLastIfActive ~= true then hold(q, de.id, owner, ttl_of(de)) end
    end
    tell_deduplicated(q, owner, de.id, refused.id)
end

-- The job takes the id; what a predecessor had left of its time goes on unless it is to begin anew.
local function admit(q, de, id, before)
    local goes_on = before and de.ttl and de.extend ~= true
    if goes_on and de.keepLastIfActive ~= true then
        call('SET', holding_key(q, de.id), id, 'KEEPTTL')
    else
        hold(q, de.id, id, ttl_of(de))
    end
    if before then call('DEL', remembered_key(q, de.id)) end
end

-- What was remembered comes now; its delay begins now.
local function come(q, id)
    local f = call('HMGET', remembered_key(q, id), 'name', 'data', 'opts', 'jid', 'pk', 'pd', 'pdk', 'rjk')
    call('DEL', remembered_key(q, id))
    local job = job_in(q, f[4] or digits(call('INCR', q.base .. 'id')))
    if call('EXISTS', job.key) == 1 then
        call('DEL', holding_key(q, id))
        emit(q, 'duplicated', 'jobId', job.id)
        return
    end
    hold(q, id, job.id)
    job.opts = f[3]
    local opts = options(job)
    local delay, priority = tonumber(opts.delay) or 0, tonumber(opts.priority) or 0
    local stored = { 'name', f[1], 'data', f[2], 'opts', f[3], 'timestamp', now_text, 'delay', digits(delay),
        'priority', digits(priority), 'deid', id }
    for field, value in pairs({ parentKey = f[5], parent = f[6], rjk = f[8] }) do
        if value then
            stored[#stored + 1] = field
            stored[#stored + 1] = value
        end
    end
    enter(job, stored, { name = f[1], due = now + delay, priority = priority, lifo = opts.lifo == true })
    if f[7] then call('SADD', f[7], job.key) end
end

-- To be said of a job that has finished, before it is told.
local function deduplication_finished(job)
    local id, q = job.deduplication, job.q
    if not id then return end
    local owner = call('GET', holding_key(q, id))
    local mine = owner == job.id
    local next_comes = (mine or not owner) and call('EXISTS', remembered_key(q, id)) == 1
    if next_comes then
        come(q, id)
    elseif mine and call('PTTL', holding_key(q, id)) == -1 then
        call('DEL', holding_key(q, id))
    end
end

local function deduplication_removed(job)
    local id, q = job.deduplication, job.q
    if not id then return end
    local owner = call('GET', holding_key(q, id))
    if not owner or owner == job.id then call('DEL', holding_key(q, id), remembered_key(q, id)) end
end
