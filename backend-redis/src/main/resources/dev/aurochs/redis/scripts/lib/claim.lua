--@use queue
--@late rare
-- Leases the next jobs to a worker (rules C1-C5, L1-L3, L7, L13).
local PROMOTED_AT_ONCE = 1000

local function promote_due(q)
    local key = q.base .. 'delayed'
    local due = call('ZRANGEBYSCORE', key, '-inf', digits((now + 1) * 4096 - 1), 'LIMIT', 0, PROMOTED_AT_ONCE)
    if #due == 0 then return end
    call('ZREM', key, unpack(due))
    for _, id in ipairs(due) do rare().make_due(job_in(q, id)) end
    q.watch = true
end

-- The next ids of level 0, now in the active list; some old clients leave marks among them that are no jobs.
local function next_of_wait(q, most)
    local wait, active = q.base .. 'wait', q.base .. 'active'
    if most == 1 then
        local id = call('RPOPLPUSH', wait, active)
        while id and string.sub(id, 1, 2) == '0:' do
            call('LREM', active, 1, id)
            id = call('RPOPLPUSH', wait, active)
        end
        return id and { id } or {}
    end
    local ids = {}
    repeat
        local popped = call('RPOP', wait, most - #ids) or {}
        for _, id in ipairs(popped) do
            if string.sub(id, 1, 2) ~= '0:' then ids[#ids + 1] = id end
        end
    until #popped == 0 or #ids == most
    if #ids > 0 then call('LPUSH', active, unpack(ids)) end
    return ids
end

-- The next ids, now in the active list; fewer than asked for when nothing more waits.
local function next_ids(q, most)
    local ids = next_of_wait(q, most)
    if #ids == most then return ids end
    local popped = call('ZPOPMIN', q.base .. 'prioritized', most - #ids)
    for i = 1, #popped, 2 do
        ids[#ids + 1] = popped[i]
        call('LPUSH', q.base .. 'active', popped[i])
    end
    if #ids < most then call('DEL', q.base .. 'pc') end
    return ids
end

-- Begins a run; the answer are the job's fields as they are from now on, and whether it will really run.
local function begin_run(q, id, worker)
    local key, name, token, lease = q.base .. id, worker.name, worker.token, worker.lease
    --@inline start
    if n == 0 then return nil end
    emit(q, 'active', 'jobId', id, 'prev', 'waiting')
    return fields, runs
end

local function take_jobs(q, worker, most, claimed)
    local grants = 0
    while claimed.count < most do
        local wanted = most - claimed.count
        local ids = next_ids(q, wanted)
        for _, id in ipairs(ids) do
            local fields, runs = begin_run(q, id, worker)
            if fields then
                claimed.count = claimed.count + 1
                claimed.jobs[#claimed.jobs + 1] = id
                claimed.jobs[#claimed.jobs + 1] = fields
                if runs then grants = grants + 1 end
            else
                call('LREM', q.base .. 'active', 1, id)
                claimed.bad[#claimed.bad + 1] = id
            end
        end
        if #ids < wanted then return grants, true end
    end
    return grants, false
end

-- How many grants a window has left, and when it ends if there is none; without a limit, plenty.
local function room_in_window(q, max)
    if not max then return math.huge end
    local key = q.base .. 'limiter'
    local used = tonumber(call('GET', key) or nil) or 0
    if used < max then return max - used end
    local left = call('PTTL', key)
    if left > 0 then return 0, now + left end
    call('DEL', key)
    return max
end

local function count_grants(q, grants, window)
    if grants == 0 then return end
    local key = q.base .. 'limiter'
    if call('INCRBY', key, grants) == grants then call('PEXPIRE', key, digits(window)) end
end

local function rest_of(q, claimed, dry, room, crowded)
    if dry then
        local first = call('ZRANGE', q.base .. 'delayed', 0, 0, 'WITHSCORES')
        return 'nothing', first[2] and math.floor(tonumber(first[2]) / 4096)
    end
    -- This worker has no slot left: somebody else is to take what waits, or to watch for the next due moment.
    if claimed.count > 0 then
        if call('EXISTS', q.base .. 'wait', q.base .. 'prioritized') > 0 then q.wake = true else q.watch = true end
    end
    if room == 0 then
        return 'limited', now + math.max(0, call('PTTL', q.base .. 'limiter'))
    end
    return crowded and 'at-concurrency' or 'perhaps'
end

local function choose(q, worker, claimed)
    promote_due(q)
    if settings(q).paused then return 'paused' end
    if q.held_until and now < q.held_until and call('GET', q.base .. 'limiter') == SENTINEL then
        return 'limited', q.held_until
    end
    local free = math.huge
    if q.concurrency then free = q.concurrency - call('LLEN', q.base .. 'active') end
    if free <= 0 then return 'at-concurrency' end
    local max = q.max or worker.limit
    local room, until_moment = room_in_window(q, max)
    if room <= 0 then return 'limited', until_moment end
    local most = math.min(worker.capacity, free, room)
    local grants, dry = take_jobs(q, worker, most, claimed)
    if max then
        count_grants(q, grants, q.max and q.duration or worker.window or q.duration or 1)
        room = room - grants
    end
    return rest_of(q, claimed, dry, room, free < worker.capacity)
end

-- Claims up to the worker's capacity; answers name and value in turn, and how many jobs it took. `jobs` are ids, each
-- with the job's fields before the claim, in turn.
local function claim(q, worker)
    local claimed = { jobs = {}, count = 0, bad = {} }
    local rest, until_moment = choose(q, worker, claimed)
    return { 'rest', rest, 'until', until_moment and digits(until_moment) or '',
        'jobs', claimed.jobs, 'bad', claimed.bad }, claimed.count
end

-- What a claim is told of the worker.
local function take_claimer()
    return {
        name = take(), token = take(), lease = take(), capacity = take_number(),
        limit = take_number(), window = take_number()
    }
end
