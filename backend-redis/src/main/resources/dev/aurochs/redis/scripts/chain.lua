--@use schedules
-- Puts the next run of a schedule in place, once (rules J4, J5, J12). Arguments: queue, id of the run at hand,
-- lease token, next slot of a cron expression or ''. Answers {'next', slot}, {'last'}, {'stale'}, {'slot-taken',
-- slot} or {'lease-lost'}.
local job = job_in(queue_named(take()), take())
local q = job.q
local token, next_slot = take(), take_number()
if not read(job) or call('GET', job.key .. ':lock') ~= token then return { 'lease-lost' } end
if not schedule_of(job) then return { 'stale' } end

local schedule = read_schedule(q, job.schedule)
local made = options(job)['repeat']
local count = type(made) == 'table' and tonumber(made.count) or 1
local enough = schedule.limit and count >= schedule.limit
if schedule.every then
    next_slot = following(slot_of(q, schedule.id), schedule.every, schedule.offset)
    while is_taken(q, schedule.id, next_slot) do next_slot = next_slot + schedule.every end
end
local key = schedule_key(q, schedule.id)
if enough or not next_slot or schedule.finish and next_slot > schedule.finish then
    call('HSET', key, 'over', '1')
    return { 'last' }
end
if is_taken(q, schedule.id, next_slot) then return { 'slot-taken', digits(next_slot) } end

if schedule.every then call('HSET', key, 'offset', digits(phase(schedule.every, schedule.offset, next_slot))) end
call('ZADD', q.base .. 'repeat', digits(next_slot), schedule.id)
call('HINCRBY', key, 'ic', 1)
schedule.offset = type(made) == 'table' and tonumber(made.offset) or 0
put_run(schedule, next_slot, count + 1)
wake_all()
return { 'next', digits(next_slot) }
