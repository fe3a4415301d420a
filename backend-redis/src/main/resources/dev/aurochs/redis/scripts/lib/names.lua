--@use queue
-- Jobs by their keys, as parents and children name each other.

-- Queue names have no colon, ids may; under another prefix the last colon parts them.
local function job_at(key)
    if string.sub(key, 1, #prefix) == prefix then
        local colon = string.find(key, ':', #prefix + 1, true)
        if colon then return job_in(queue_at(string.sub(key, 1, colon)), string.sub(key, colon + 1)) end
    end
    local base, id = string.match(key, '^(.*:)([^:]*)$')
    return job_in(queue_at(base), id)
end

-- queue:id, as people read it
local function spoken(job)
    local key = job.key
    if string.sub(key, 1, #prefix) == prefix then return string.sub(key, #prefix + 1) end
    return key
end
