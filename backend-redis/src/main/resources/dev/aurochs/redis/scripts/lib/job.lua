--@use place
--@use run
-- What a step needs to know of a job beside where it stands.
-- Fills a job with its stored fields; false when it is not there.
local function read(job)
    local f = call('HMGET', job.key, 'name', 'opts', 'priority', 'atm', 'parentKey', 'parent', 'deid', 'rjk', 'cancel',
        'finishedOn', 'timestamp', 'defa')
    if not f[1] and not f[2] and call('EXISTS', job.key) == 0 then return false end
    job.opts = nullable(f[2])
    job.priority = tonumber(f[3]) or 0
    job.made = tonumber(f[4]) or 0
    job.parent_key = nullable(f[5])
    job.parent_link = nullable(f[6])
    job.deduplication = nullable(f[7])
    job.schedule = nullable(f[8])
    job.cancel = nullable(f[9])
    job.finished_on = tonumber(f[10])
    job.doomed = f[12]
    job.created_at = tonumber(f[11]) or 0
    return true
end

local function is_lifo(job)
    return job.priority == 0 and option(job, 'lifo') == true
end
