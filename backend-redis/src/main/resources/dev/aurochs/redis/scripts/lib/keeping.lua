--@use ends
--@use run
-- How long finished jobs stay (rules L4, L5, L8, L12).

-- The rule a worker brings along: {count, age in ms or nil, limit}.
local function take_retention()
    return { count = take_number(), age = take_number(), limit = take_number() }
end

-- A job's own rule, or the one given.
local function retention(own, other)
    if own == nil then return other end
    if own == true then return { count = 0, limit = 1000 } end
    if type(own) == 'number' then return { count = own, limit = 1000 } end
    if type(own) == 'table' then
        local age = tonumber(own.age)
        return { count = tonumber(own.count) or -1, age = age and age * 1000, limit = tonumber(own.limit) or 1000 }
    end
    return { count = -1, limit = 1000 }
end

local function trim(q, ending, keep)
    local key = q.base .. ending
    local surplus = 0
    if keep.count >= 0 then surplus = call('ZCARD', key) - keep.count end
    if keep.age then surplus = math.max(surplus, call('ZCOUNT', key, '-inf', '(' .. digits(now - keep.age + 1))) end
    surplus = math.min(surplus, keep.limit)
    if surplus <= 0 then return end
    for _, id in ipairs(call('ZRANGE', key, 0, surplus - 1)) do delete_job(job_in(q, id)) end
    call('ZREMRANGEBYRANK', key, 0, surplus - 1)
end

-- What is to be trimmed by one rule, once for all jobs that a call ends.
local ROOMY = 1000
local trims = {}

local function trim_all()
    for key, t in pairs(trims) do
        trims[key] = nil
        trim(t.q, t.ending, t.keep)
    end
end

local function keep_or_drop(job, ending, keep)
    if keep.count == 0 then
        job.dropped = true
        delete_job(job)
        return
    end
    local key = job.q.base .. ending
    local pending = trims[key]
    if pending and pending.keep ~= keep then trim_all() end
    to_moment(key, job.id)
    if keep.count < 0 and not keep.age then return end
    if keep.limit >= ROOMY then
        trims[key] = { q = job.q, ending = ending, keep = keep }
    else
        trim(job.q, ending, keep)
    end
end
