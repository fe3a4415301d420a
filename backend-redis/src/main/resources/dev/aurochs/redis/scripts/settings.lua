--@use queue
-- What is set for a queue. Arguments: queue. Answers {field, value, …} of its meta hash, `heldUntil` only while it
-- is held.
local q = queue_named(take())
local fields = call('HGETALL', q.base .. 'meta')
local limiter = q.base .. 'limiter'
local held_until = ''
if call('GET', limiter) == SENTINEL then
    local time = call('TIME')
    held_until = call('HGET', q.base .. 'meta', 'heldUntil')
        or digits(tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000) + math.max(0, call('PTTL', limiter)))
end
fields[#fields + 1] = 'heldUntil'
fields[#fields + 1] = held_until
return fields
