--@use removal
-- Walks over the jobs of a state, with a budget (rules K11-K15).
local budget = 0
local done = 0
local more = false

local LISTS = { wait = true, active = true, paused = true }
-- How many more ids are looked up at a time than the budget allows to change.
local SPARE = 100

-- Where the ids behind one that was looked at begin; at the front again when that one is gone.
local function place_behind(key, container, id)
    if not id then return 0 end
    if not LISTS[container] then
        local rank = call('ZRANK', key, id)
        return rank and rank + 1 or 0
    end
    local index = call('LPOS', key, id, 'RANK', -1)
    return index and call('LLEN', key) - index or 0
end

-- Some ids of a container, next to run, next due or finished first in front.
local function ids_behind(q, container, id, highest)
    local key, count = q.base .. container, budget + SPARE
    local from = place_behind(key, container, id)
    if not LISTS[container] then
        return call('ZRANGEBYSCORE', key, '-inf', highest or '+inf', 'LIMIT', from, count)
    end
    local ids = call('LRANGE', key, -(from + count), -(from + 1))
    local turned = {}
    for i = #ids, 1, -1 do turned[#turned + 1] = ids[i] end
    return turned
end

-- Changes a job if it is one of those meant; answers whether it still stands where it stood.
local function consider(job, container, meant, change)
    if not read(job) then
        leave(job, container)
        return false
    end
    if not meant(job) then return true end
    if budget == 0 then
        more = true
        return true
    end
    change(job, container)
    budget = budget - 1
    done = done + 1
    return false
end

-- Those of a container that finished or were created up to a moment; as many as the budget allows.
local function each(q, container, until_moment, which, change)
    local finished = container == 'completed' or container == 'failed'
    local highest = finished and until_moment and '(' .. digits(until_moment + 1)
    local function meant(job)
        local old_enough = finished or not until_moment or job.created_at <= until_moment
        return old_enough and which(job)
    end
    local kept
    repeat
        local ids = ids_behind(q, container, kept, highest)
        for _, id in ipairs(ids) do
            if not more and consider(job_in(q, id), container, meant, change) then kept = id end
        end
    until more or #ids == 0
end

local function any()
    return true
end

local function is_spared(job)
    return not schedule_of(job)
end

-- Takes jobs of a state away, and their parents with the last child; those that went with another are passed over.
local function sweep_state(q, containers, until_moment)
    for _, container in ipairs(containers) do
        each(q, container, until_moment, function(job)
            return is_spared(job) and call('EXISTS', job.key) == 1
        end, sweep_out)
    end
end

local CONTAINERS = {
    waiting = { 'wait', 'prioritized', 'paused' }, delayed = { 'delayed' }, active = { 'active' },
    ['waiting-children'] = { 'waiting-children' }, completed = { 'completed' }, failed = { 'failed' }
}

local function swept()
    wake_all()
    return { 'done', done, 'more', more and 1 or 0 }
end
