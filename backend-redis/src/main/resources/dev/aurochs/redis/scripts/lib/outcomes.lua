--@use job
--@use failure
--@use metrics
--@use hold
-- How runs end that do not complete (rules C12, F14, L7, R2, R4, R7).

local function take_failure()
    return { reason = take(), stacktrace = take(), faults = take() }
end

local ARGUMENTS = {
    failed = take_failure,
    retry = function()
        local due = take_number()
        local failure = take_failure()
        failure.due = due
        return failure
    end,
    postponed = function() return { due = take_number() } end,
    ['rate-limited'] = function() return { hold = take_number() } end
}

local function note_failure_of_run(job, how)
    call('HSET', job.key, 'failedReason', how.reason, 'stacktrace', how.stacktrace, 'faults', how.faults)
end

local function wait_again(job, due, front)
    if due > now then make_delayed(job, due) else make_wait(job, job.priority, front, 'active') end
end

local OUTCOMES = {
    failed = function(job, how, worker)
        call('HSET', job.key, 'stacktrace', how.stacktrace, 'faults', how.faults)
        fail_for_good(job, how.reason, job.made + 1, worker.failed)
        if worker.metrics > 0 then count_metric(job.q, 'failed', worker.metrics) end
    end,
    retry = function(job, how)
        note_failure_of_run(job, how)
        call('HSET', job.key, 'atm', digits(job.made + 1))
        wait_again(job, how.due, is_lifo(job))
    end,
    postponed = function(job, how)
        wait_again(job, how.due, false)
    end,
    ['given-back'] = function(job)
        make_wait(job, job.priority, true, 'active')
    end,
    ['rate-limited'] = function(job, how)
        hold_for(job.q, how.hold)
        make_wait(job, job.priority, true, 'active')
    end,
    ['await-children'] = function(job)
        if call('SCARD', job.key .. ':dependencies') == 0 then
            make_wait(job, job.priority, true, 'active')
            return
        end
        call('HSET', job.key, 'delay', digits(tonumber(options(job).delay) or 0))
        to_moment(job.q.base .. 'waiting-children', job.id)
        emit(job.q, 'waiting-children', 'jobId', job.id, 'prev', 'active')
    end
}
