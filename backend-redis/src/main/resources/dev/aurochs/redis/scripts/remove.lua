--@use removal
-- Removes a job that is not running, with the tree below it when asked (rules K8-K10, J9). Arguments: queue, id,
-- '1' for the tree. Answers {'done'}, {'no-such-job'}, {'active', job key} or {'current-schedule', schedule}; then
-- nothing has changed.
local root = job_in(queue_named(take()), take())
local with_children = take() == '1'
if not read(root) then return { 'no-such-job' } end
local doomed, known = { root }, { [root.key] = true }
local i = 1
while doomed[i] do
    if with_children then find_children(doomed[i], doomed, known) end
    i = i + 1
end
for _, job in ipairs(doomed) do
    job.state = state_of(job)
    if job.state == 'active' then return { 'active', job.key } end
    local schedule = schedule_of(job)
    if schedule then return { 'current-schedule', schedule } end
end
for _, job in ipairs(doomed) do remove_one(job, job.state) end
wake_all()
return { 'done' }
