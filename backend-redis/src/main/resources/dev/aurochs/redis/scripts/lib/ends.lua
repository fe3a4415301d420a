--@use queue
-- Where finished jobs stand, and how jobs are forgotten.

-- Into a set ordered by moments, now; those of one millisecond stay in the order of coming.
local latest_score = {}

local function to_moment(key, id)
    local last = latest_score[key]
    if not last then
        local found = call('ZREVRANGEBYSCORE', key, '(' .. digits(now + 1), now_text, 'WITHSCORES', 'LIMIT', 0, 1)
        last = tonumber(found[2])
    end
    local score = last and math.min(last + 1 / 2048, now + 2047 / 2048) or now
    latest_score[key] = score
    call('ZADD', key, score, id)
end

local function delete_job(job)
    local key = job.key
    --@inline forget
end
