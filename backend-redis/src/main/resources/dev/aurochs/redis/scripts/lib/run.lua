--@use queue
-- A run that is to end, and the options of jobs.
local function nullable(value)
    if value then return value end
end

-- Fills a job with what the end of its run asks for; false when it is not there.
local function read_run(job)
    local f = call('HMGET', job.key, 'opts', 'priority', 'atm', 'parentKey', 'parent', 'deid', 'cancel', 'defa')
    if not f[1] and call('EXISTS', job.key) == 0 then return false end
    job.opts = nullable(f[1])
    job.priority = tonumber(f[2]) or 0
    job.made = tonumber(f[3]) or 0
    job.parent_key = nullable(f[4])
    job.parent_link = nullable(f[5])
    job.deduplication = nullable(f[6])
    job.cancel = f[7]
    job.doomed = f[8]
    return true
end

-- The options of a job; empty when they cannot be read.
local function options(job)
    if not job.options then
        local ok, decoded = pcall(cjson.decode, job.opts or '{}')
        job.options = ok and type(decoded) == 'table' and decoded or {}
    end
    return job.options
end

-- One of them; most jobs lack most, and are not decoded for that.
local function option(job, name)
    if job.opts and string.find(job.opts, name, 1, true) then return options(job)[name] end
end
