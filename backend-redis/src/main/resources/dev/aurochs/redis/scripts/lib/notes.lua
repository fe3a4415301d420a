--@use job
-- Progress, log lines and data of a job (rules C9, K5, K18, L9, R11).
local NOTES = {
    progress = function(job, text)
        call('HSET', job.key, 'progress', text)
        emit(job.q, 'progress', 'jobId', job.id, 'data', text)
    end,
    log = function(job, line)
        local keep = tonumber(options(job).kl) or 1000
        local key = job.key .. ':logs'
        if keep <= 0 then return end
        if call('RPUSH', key, line) > keep then call('LTRIM', key, -keep, -1) end
    end,
    data = function(job, text)
        call('HSET', job.key, 'data', text)
    end
}
