--@use place
-- Stores a job whose id is free. `stored` are the fields of its hash, name and value in turn.
local function enter(job, stored, how)
    call('HSET', job.key, unpack(stored))
    emit(job.q, 'added', 'jobId', job.id, 'name', how.name)
    if how.awaits then
        to_moment(job.q.base .. 'waiting-children', job.id)
        emit(job.q, 'waiting-children', 'jobId', job.id)
    elseif how.due > now then
        to_delayed(job, how.due)
        emit(job.q, 'delayed', 'jobId', job.id, 'delay', digits(how.due))
    else
        to_wait(job, how.priority, how.lifo)
        emit(job.q, 'waiting', 'jobId', job.id)
    end
end
