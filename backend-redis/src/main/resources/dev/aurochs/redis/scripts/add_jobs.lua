--@late placing
-- Adds loose jobs to one queue: no parents, no deduplication (rules A1-A5, D1, P1-P3, P9). Arguments: queue, number of
-- jobs, how many of them get their id here; per job: '' and its name, payload, options and caller's moment; or, when
-- anything about it is not usual, 'own' and its name, payload, options, caller's moment, moment of creation, id or '',
-- due moment or '', delay, priority, '1' for lifo. Usual is what was created in this moment, gets its id here and joins
-- the back of level 0 at once. Answers per job its id, or {'already-there', id}. Written in line, because building
-- functions costs more than adding a job.
local call, format = redis.call, string.format
local base = ARGV[1] .. ':' .. ARGV[3] .. ':'
local events = base .. 'events'
local count, unnamed, at = tonumber(ARGV[4]), tonumber(ARGV[5]), 5
local meta = call('HMGET', base .. 'meta', 'paused', 'concurrency', 'opts.maxLenEvents')
local q = { base = base, cap = meta[3] }
local number = unnamed > 0 and call('INCRBY', base .. 'id', ARGV[5]) - unnamed
local behind, answers = {}, {}
if not q.cap then placing().begin(q) end
local cap, event = q.cap, q.first_event or '*'

for i = 1, count do
    local how, name, data, opts, moment = unpack(ARGV, at + 1, at + 5)
    local created, id, due, delay, priority, lifo = moment, '', '', '0', '0', '0'
    at = at + 5
    if how ~= '' then
        created, id, due, delay, priority, lifo = unpack(ARGV, at + 1, at + 6)
        at = at + 6
    end
    local own = id ~= ''
    if not own then
        number = number + 1
        id = format('%.0f', number)
    end
    local key = base .. id
    if own and call('EXISTS', key) == 1 then
        call('XADD', events, 'MAXLEN', '~', cap, event, 'event', 'duplicated', 'jobId', id, 'at', moment)
        answers[i] = { 'already-there', id }
    else
        call('HSET', key, 'name', name, 'data', data, 'opts', opts, 'timestamp', created, 'delay', delay,
            'priority', priority)
        call('XADD', events, 'MAXLEN', '~', cap, event, 'event', 'added', 'jobId', id, 'name', name, 'at', moment)
        if due ~= '' and tonumber(due) > tonumber(moment) then
            placing().to_delayed({ q = q, id = id }, tonumber(due))
            call('XADD', events, 'MAXLEN', '~', cap, '*', 'event', 'delayed', 'jobId', id, 'delay', due, 'at', moment)
        else
            -- Those of level 0 that join the back are pushed together, in their order.
            if priority == '0' and lifo ~= '1' then
                behind[#behind + 1] = id
            else
                placing().to_wait({ q = q, id = id }, tonumber(priority), lifo == '1')
            end
            call('XADD', events, 'MAXLEN', '~', cap, '*', 'event', 'waiting', 'jobId', id, 'at', moment)
        end
        answers[i] = id
    end
    event = '*'
end
if #behind > 0 then
    call('LPUSH', base .. 'wait', unpack(behind))
    q.wake = true
end
q.paused, q.concurrency = meta[1], tonumber(meta[2])
--@inline wake
return answers
