--@use parents
-- A finished job waits again, as one that was read and has left its set (rules K4, K14).
local function retry(job, from, afresh)
    call('HDEL', job.key, 'finishedOn', 'processedOn', 'returnvalue', 'failedReason')
    if afresh then call('HDEL', job.key, 'atm', 'ats', 'stacktrace', 'faults') end
    make_wait(job, job.priority, false, from)
    tell_parent_of_retry(job)
end
