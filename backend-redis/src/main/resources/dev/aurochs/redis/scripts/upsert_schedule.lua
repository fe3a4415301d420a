--@use removal
-- Makes or changes a schedule and replaces its pending run (rules J1-J3, J7). Arguments: queue, schedule, first
-- slot or '', number of fields and values, the fields of the schedule's hash. Answers {'pending', slot}, {'slot-
-- taken', slot} or {'no-slot'}; then nothing has changed.
local q, id = queue_named(take()), take()
local first_at = take_number()
local stored, given = {}, {}
for i = 1, take_number(), 2 do
    stored[i], stored[i + 1] = take(), take()
    given[stored[i]] = stored[i + 1]
end
local every = tonumber(given.every)
local offset = tonumber(given.given) or 0
local start, finish = tonumber(given.startDate), tonumber(given.endDate)

local slot_before = slot_of(q, id)
local before = slot_before and read_schedule(q, id)
local pending
if before and not before.over then
    pending = job_in(q, run_id(id, slot_before))
    pending.state = read(pending) and state_of(pending)
    if not is_waiting(pending.state) and pending.state ~= 'delayed' then pending = nil end
end
local same_span = before and every and before.every == every
if offset == 0 and same_span then offset = before.offset end

local function first_slot()
    if first_at then return math.max(first_at, now) end
    if same_span then return pending and slot_before or following(slot_before, every, offset) end
    if start then return math.max(start, now) end
    return offset == 0 and now or in_phase(every, offset)
end

local own = pending and pending.id
local slot = first_slot()
while every and is_taken(q, id, slot, own) do slot = slot + every end
if finish and slot > finish then return { 'no-slot' } end
if is_taken(q, id, slot, own) then return { 'slot-taken', digits(slot) } end

if pending then remove_one(pending, pending.state) end
local key = schedule_key(q, id)
call('DEL', key)
call('HSET', key, unpack(stored))
call('HSET', key, 'ic', digits(before and before.runs or 1))
if every then call('HSET', key, 'offset', digits(phase(every, offset, slot))) end
call('ZADD', q.base .. 'repeat', digits(slot), id)
local schedule = read_schedule(q, id)
schedule.offset = tonumber(given.given) or 0
put_run(schedule, slot, 1)
wake_all()
return { 'pending', digits(slot) }
