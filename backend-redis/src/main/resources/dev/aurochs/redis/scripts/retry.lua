--@use retry
-- Arguments: queue, id, '1' to reset the counters. Answers {'done'}, {'no-such-job'} or {'wrong-state', state}.
local job = job_in(queue_named(take()), take())
local afresh = take() == '1'
if not read(job) then return { 'no-such-job' } end
local from = leave(job, 'failed') and 'failed' or leave(job, 'completed') and 'completed'
if not from then return { 'wrong-state', state_of(job) or '' } end
retry(job, from, afresh)
wake_all()
return { 'done' }
