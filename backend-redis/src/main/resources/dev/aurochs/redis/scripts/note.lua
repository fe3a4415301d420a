--@use notes
-- The same, from outside. Arguments: queue, id, kind, text. Answers {'done'} or {'no-such-job'}.
local job = job_in(queue_named(take()), take())
local kind, text = take(), take()
if not read(job) then return { 'no-such-job' } end
NOTES[kind](job, text)
return { 'done' }
