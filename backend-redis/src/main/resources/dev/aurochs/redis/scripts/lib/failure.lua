--@use keeping
--@use parents
--@use deduplication
-- Jobs that fail for good (rules R4, E5).
-- `made` counts the run that failed, if there was one.
local function fail_for_good(job, reason, made, default_keep)
    if job.deduplication then deduplication_finished(job) end
    local keep = retention(option(job, 'removeOnFail'), default_keep)
    if keep.count ~= 0 then
        call('HSET', job.key, 'failedReason', reason, 'finishedOn', now_text, 'atm', digits(made))
        call('HDEL', job.key, 'defa', 'returnvalue')
    end
    emit(job.q, 'failed', 'jobId', job.id, 'failedReason', reason, 'prev', 'active')
    if made >= math.max(1, tonumber(options(job).attempts) or 1) then
        emit(job.q, 'retries-exhausted', 'jobId', job.id, 'attemptsMade', digits(made))
    end
    keep_or_drop(job, 'failed', keep)
    if job.parent_key then tell_parent_of_failure(job, reason) end
end
