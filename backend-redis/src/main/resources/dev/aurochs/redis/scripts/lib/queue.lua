--@use base
-- Queues and jobs as this script knows them, their settings, their events, and who is to be woken when it ends.

-- What stands in the place of the limiter's count of grants while a queue is held by hand.
local SENTINEL = '9007199254740991'

local queues = {}

local function queue_at(base)
    local q = queues[base]
    if not q then
        q = { base = base }
        queues[base] = q
    end
    return q
end

local function queue_named(name)
    return queue_at(prefix .. name .. ':')
end

local function job_in(q, id)
    return { q = q, id = id, key = q.base .. id }
end

local function settings(q)
    if q.read then return q end
    local meta = call('HMGET', q.base .. 'meta',
        'paused', 'concurrency', 'max', 'duration', 'opts.maxLenEvents', 'heldUntil')
    q.read = true
    q.paused = meta[1]
    q.concurrency = tonumber(meta[2])
    q.max = tonumber(meta[3])
    q.duration = tonumber(meta[4])
    q.cap = meta[5]
    q.held_until = tonumber(meta[6])
    return q
end

-- A queue that begins (again): later readers must find its first event behind all that an earlier life had.
local function begin(q)
    if q.cap or settings(q).cap then return end
    q.cap = '10000'
    call('HSET', q.base .. 'meta', 'opts.maxLenEvents', q.cap)
    if call('EXISTS', q.base .. 'events') == 0 then
        local time = call('TIME')
        q.first_event = digits(tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000) + 1) .. '-0'
    end
end

-- An event with up to three fields, each a name and a value.
local function emit(q, event, a, av, b, bv, c, cv)
    begin(q)
    local key, id = q.base .. 'events', q.first_event or '*'
    if c then
        call('XADD', key, 'MAXLEN', '~', q.cap, id, 'event', event, a, av, b, bv, c, cv, 'at', now_text)
    elseif b then
        call('XADD', key, 'MAXLEN', '~', q.cap, id, 'event', event, a, av, b, bv, 'at', now_text)
    elseif a then
        call('XADD', key, 'MAXLEN', '~', q.cap, id, 'event', event, a, av, 'at', now_text)
    else
        call('XADD', key, 'MAXLEN', '~', q.cap, id, 'event', event, 'at', now_text)
    end
    q.first_event = nil
end

-- To be called last: wakes one who waits, once a queue, and tells the earliest due moment.
local function wake_all()
    for _, q in pairs(queues) do
        if q.wake then settings(q) end
        --@inline wake
    end
end
