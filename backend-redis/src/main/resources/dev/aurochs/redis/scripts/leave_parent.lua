--@use parents
-- Cuts a pending child's link (rule K19). Arguments: queue, id. Answers {'done'}, {'no-such-job'} or {'not-a-child'}.
local job = job_in(queue_named(take()), take())
if not read(job) then return { 'no-such-job' } end
local parent = parent_of(job)
if not parent or not pends(parent, job) then return { 'not-a-child' } end
tell_parent_of_removal(job)
call('HDEL', job.key, 'parentKey', 'parent')
wake_all()
return { 'done' }
