--@use hold
-- A setting of the whole queue (rules L3, L7, L11, L13). Arguments: queue, setting, its values.
local q = queue_named(take())
local meta = q.base .. 'meta'
local setting = take()
settings(q)

local function set_or_clear(...)
    for _, field in ipairs({ ... }) do
        local value = take()
        if value == '' then
            call('HDEL', meta, field)
        else
            begin(q)
            call('HSET', meta, field, value)
        end
    end
end

local SETTINGS = {
    pause = function()
        if q.paused then return end
        begin(q)
        call('HSET', meta, 'paused', '1')
        call('DEL', q.base .. 'marker')
        q.paused = '1'
        emit(q, 'paused')
    end,
    resume = function()
        if not q.paused then return end
        call('HDEL', meta, 'paused')
        q.paused = false
        local held = call('LRANGE', q.base .. 'paused', 0, 6999)
        if #held > 0 then
            call('RPUSH', q.base .. 'wait', unpack(held))
            call('LTRIM', q.base .. 'paused', #held, -1)
        end
        emit(q, 'resumed')
    end,
    ['rate-limit'] = function() set_or_clear('max', 'duration') end,
    concurrency = function() set_or_clear('concurrency') end,
    ['event-cap'] = function() set_or_clear('opts.maxLenEvents') end,
    hold = function() hold_for(q, take_number()) end,
    ['lift-hold'] = function()
        call('HDEL', meta, 'heldUntil')
        if call('GET', q.base .. 'limiter') == SENTINEL then call('DEL', q.base .. 'limiter') end
    end
}

SETTINGS[setting]()
q.read = nil
q.wake, q.watch = true, true
if call('EXISTS', q.base .. 'wait', q.base .. 'prioritized') == 0 then q.wake = false end
wake_all()
return 'done'
