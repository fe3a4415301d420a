--@use failure
--@use job
--@use schedules
-- Fails a job that waits; asks the worker of a running one to stop (rules K6, K7, J9). Arguments: queue, id, reason.
-- Answers {'done'}, {'no-such-job'}, {'wrong-state', state} or {'current-schedule', schedule}.
local job = job_in(queue_named(take()), take())
local reason = take()
if not read(job) then return { 'no-such-job' } end
local state = state_of(job)
if not state or state == 'completed' or state == 'failed' then return { 'wrong-state', state or '' } end
if state == 'active' then
    call('HSET', job.key, 'cancel', reason)
    return { 'done' }
end
local schedule = schedule_of(job)
if schedule then return { 'current-schedule', schedule } end
leave(job, state)
fail_for_good(job, reason, job.made, { count = -1, limit = 1000 })
trim_all()
wake_all()
return { 'done' }
