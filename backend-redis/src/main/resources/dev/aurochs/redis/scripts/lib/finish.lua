--@use keeping
--@late rare
-- Runs that complete (rules R9, E1, F2).

-- The job runs no more; it stands nowhere when this is called.
local function complete(job, result, worker)
    if job.deduplication then rare().deduplication_finished(job) end
    local keep = retention(option(job, 'removeOnComplete'), worker.completed)
    if keep.count ~= 0 then
        call('HSET', job.key, 'returnvalue', result, 'finishedOn', now_text, 'atm', digits(job.made + 1))
        if job.doomed then call('HDEL', job.key, 'defa') end
    end
    emit(job.q, 'completed', 'jobId', job.id, 'returnvalue', result, 'prev', 'active')
    keep_or_drop(job, 'completed', keep)
    if worker.metrics > 0 then rare().count_metric(job.q, 'completed', worker.metrics) end
    if job.parent_key then rare().tell_parent_of_result(job, result) end
end
