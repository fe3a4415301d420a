--@use job
-- Gives jobs without a lock to the next worker (rules S1-S6). Arguments: queue, most stalls.
-- Answers the ids.
local q = queue_named(take())
local most = take_number()

local function too_often(job)
    local stalls = call('HINCRBY', job.key, 'stc', 1)
    if stalls <= most then return end
    call('HSET', job.key, 'defa', 'job stalled more than allowable limit')
end

local recovered = {}
local active = call('LRANGE', q.base .. 'active', 0, -1)
for i = #active, 1, -1 do
    local job = job_in(q, active[i])
    if call('EXISTS', job.key .. ':lock') == 0 then
        leave(job, 'active')
        call('SREM', q.base .. 'stalled', job.id)
        if read(job) then
            if job.cancel then call('HDEL', job.key, 'cancel') end
            too_often(job)
            make_wait(job, job.priority, true, 'active')
            emit(q, 'stalled', 'jobId', job.id)
            recovered[#recovered + 1] = job.id
        end
    end
end
wake_all()
return recovered
