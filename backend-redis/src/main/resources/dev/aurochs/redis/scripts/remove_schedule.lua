--@use removal
-- Removes a schedule and its delayed run (rule J8). Arguments: queue, schedule. Answers 1 or 0.
local q, id = queue_named(take()), take()
local slot = slot_of(q, id)
if not slot then return 0 end
local pending = job_in(q, run_id(id, slot))
local is_over = call('HGET', schedule_key(q, id), 'over')
call('ZREM', q.base .. 'repeat', id)
call('DEL', schedule_key(q, id))
if not is_over and call('ZSCORE', q.base .. 'delayed', pending.id) and read(pending) then
    remove_one(pending, 'delayed')
end
wake_all()
return 1
