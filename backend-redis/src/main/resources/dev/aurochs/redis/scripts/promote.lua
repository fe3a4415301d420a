--@use job
-- Makes a delayed job due at a moment: now, or later (rules K1, K2). Arguments: queue, id, due moment.
-- Answers {'done'}, {'no-such-job'} or {'wrong-state', state}.
local job = job_in(queue_named(take()), take())
local due = take_number()
if not read(job) then return { 'no-such-job' } end
if not leave(job, 'delayed') then return { 'wrong-state', state_of(job) or '' } end
if due > now then
    make_delayed(job, due)
else
    make_due(job)
end
job.q.watch = true
wake_all()
return { 'done' }
