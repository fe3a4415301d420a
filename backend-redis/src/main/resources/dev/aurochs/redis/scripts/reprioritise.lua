--@use job
-- Another level for a waiting job; others only note it (rule K3). Arguments: queue, id, priority, '1' for the front.
local job = job_in(queue_named(take()), take())
local priority, front = take_number(), take() == '1'
if not read(job) then return { 'no-such-job' } end
call('HSET', job.key, 'priority', digits(priority))
if leave(job, 'prioritized') or leave(job, 'wait') then to_wait(job, priority, front) end
wake_all()
return { 'done' }
