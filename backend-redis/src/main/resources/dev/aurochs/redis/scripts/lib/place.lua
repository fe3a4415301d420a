--@use ends
-- Where jobs stand: into a state, out of it, and which one it is.
local LEVEL = 4294967296
-- Where the sequence within levels begins, so that there is room in front.
local MIDDLE = 2147483648
local SLOTS = 4096

local function back_of_level(q, priority)
    local count = call('INCR', q.base .. 'pc')
    if count == 1 then
        count = MIDDLE
        call('SET', q.base .. 'pc', digits(count))
    end
    return priority * LEVEL + count % LEVEL
end

local function front_of_level(q, priority)
    local lowest = priority * LEVEL
    local first = call('ZRANGEBYSCORE', q.base .. 'prioritized', digits(lowest), digits(lowest + LEVEL - 1),
        'WITHSCORES', 'LIMIT', 0, 1)
    if first[2] then return math.max(lowest, tonumber(first[2]) - 1) end
    local count = tonumber(call('GET', q.base .. 'pc') or nil)
    if not count then
        count = MIDDLE
        call('SET', q.base .. 'pc', digits(count))
    end
    return lowest + count % LEVEL
end

local function to_wait(job, priority, front)
    local q = job.q
    if priority > 0 then
        local score = front and front_of_level(q, priority) or back_of_level(q, priority)
        call('ZADD', q.base .. 'prioritized', digits(score), job.id)
    else
        call(front and 'RPUSH' or 'LPUSH', q.base .. 'wait', job.id)
    end
    q.wake = true
end

local function to_delayed(job, due)
    local key = job.q.base .. 'delayed'
    local lowest = due * SLOTS
    local highest = lowest + SLOTS - 1
    local last = call('ZREVRANGEBYSCORE', key, digits(highest), digits(lowest), 'WITHSCORES', 'LIMIT', 0, 1)
    local score = lowest
    if last[2] then score = math.min(tonumber(last[2]) + 1, highest) end
    call('ZADD', key, digits(score), job.id)
    job.q.watch = true
end

local function is_active(job)
    return call('LPOS', job.q.base .. 'active', job.id) and true or false
end

local SETS = { 'completed', 'failed', 'delayed', 'prioritized', 'waiting-children' }

-- The container a job stands in and its score there; nil when it stands nowhere.
local function state_of(job)
    for _, name in ipairs(SETS) do
        local score = call('ZSCORE', job.q.base .. name, job.id)
        if score then return name, tonumber(score) end
    end
    if is_active(job) then return 'active' end
    if call('LPOS', job.q.base .. 'wait', job.id) then return 'wait' end
    if call('LPOS', job.q.base .. 'paused', job.id) then return 'paused' end
end

local function is_waiting(state)
    return state == 'wait' or state == 'prioritized' or state == 'paused'
end

-- Takes a job out of a container; false when it is not there.
local function leave(job, state)
    if state == 'wait' or state == 'active' or state == 'paused' then
        return call('LREM', job.q.base .. state, -1, job.id) > 0
    end
    return call('ZREM', job.q.base .. state, job.id) > 0
end

local function make_wait(job, priority, front, from)
    to_wait(job, priority, front)
    emit(job.q, 'waiting', 'jobId', job.id, 'prev', from)
end

local function make_delayed(job, due)
    to_delayed(job, due)
    call('HSET', job.key, 'delay', digits(due - now))
    emit(job.q, 'delayed', 'jobId', job.id, 'delay', digits(due))
end

-- A delayed job that was taken out of its set may be claimed now.
local function make_due(job)
    local priority = call('HGET', job.key, 'priority')
    if not priority then return end
    make_wait(job, tonumber(priority) or 0, false, 'delayed')
    call('HSET', job.key, 'delay', '0')
end
