--@use job
--@use entry
-- What a schedule stores, and which job is its present one (rules J1-J12).

-- Score and hash key of a schedule; nil when there is none.
local function slot_of(q, schedule)
    return tonumber(call('ZSCORE', q.base .. 'repeat', schedule) or nil)
end

local function schedule_key(q, schedule)
    return q.base .. 'repeat:' .. schedule
end

local function run_id(schedule, slot)
    return 'repeat:' .. schedule .. ':' .. digits(slot)
end

-- The schedule whose present run a job is: the one that will make its successor, or nil.
local function schedule_of(job)
    if not job.schedule then return nil end
    local slot = slot_of(job.q, job.schedule)
    if not slot or run_id(job.schedule, slot) ~= job.id then return nil end
    if call('HGET', schedule_key(job.q, job.schedule), 'over') then return nil end
    return job.schedule
end

local function read_schedule(q, id)
    local f = call('HMGET', schedule_key(q, id),
        'every', 'offset', 'ic', 'over', 'limit', 'startDate', 'endDate', 'pattern', 'tz', 'name', 'data', 'opts')
    return {
        q = q, id = id, every = tonumber(f[1]), offset = tonumber(f[2]) or 0, runs = tonumber(f[3]) or 1, over = f[4],
        limit = tonumber(f[5]), start = tonumber(f[6]), finish = tonumber(f[7]), pattern = f[8], zone = f[9],
        name = f[10], data = f[11] or '{}', opts = f[12] or '{}'
    }
end

-- The first moment after now that lies so far behind a multiple of the interval.
local function in_phase(every, offset)
    return now - (now - offset) % every + every
end

-- The next slot, or, when it was missed, the first one to come.
local function following(slot, every, offset)
    local next_slot = slot + every
    return next_slot < now and in_phase(every, offset) or next_slot
end

-- The offset that keeps the phase of a slot.
local function phase(every, offset, slot)
    if not every or offset ~= 0 then return offset end
    return slot % every
end

-- Another job than `own` has the id of a slot.
local function is_taken(q, id, slot, own)
    local run = run_id(id, slot)
    return run ~= own and call('EXISTS', q.base .. run) == 1
end

local function recurrence_text(s, count)
    local parts = {}
    local function part(name, value)
        if value then parts[#parts + 1] = '"' .. name .. '":' .. value end
    end
    part('every', s.every and digits(s.every))
    part('pattern', s.pattern and cjson.encode(s.pattern))
    part('tz', s.zone and cjson.encode(s.zone))
    part('limit', s.limit and digits(s.limit))
    part('startDate', s.start and digits(s.start))
    part('endDate', s.finish and digits(s.finish))
    part('offset', s.every and s.offset ~= 0 and digits(s.offset))
    part('count', digits(count))
    return '{' .. table.concat(parts, ',') .. '}'
end

-- Adds members to the text of a JSON object, which may be empty.
local function spliced(object, members)
    local inner = string.match(object, '^%s*{(.*)}%s*$') or ''
    local comma = string.find(inner, '%S') and ',' or ''
    return '{' .. inner .. comma .. members .. '}'
end

-- Puts the run of a slot in place, the count-th since the latest upsert.
local function put_run(s, slot, count)
    local job = job_in(s.q, run_id(s.id, slot))
    local delay = math.max(0, slot - now)
    local own = '"jobId":%s,"delay":%s,"timestamp":%s,"prevMillis":%s,"repeatJobKey":%s,"repeat":%s'
    local opts = spliced(s.opts, string.format(own, cjson.encode(job.id), digits(delay), now_text, digits(slot),
        cjson.encode(s.id), recurrence_text(s, count)))
    job.opts = s.opts
    local template = options(job)
    local priority = tonumber(template.priority) or 0
    enter(job, { 'name', s.name, 'data', s.data, 'opts', opts, 'timestamp', now_text, 'delay', digits(delay),
        'priority', digits(priority), 'rjk', s.id },
        { name = s.name, due = slot, priority = priority, lifo = template.lifo == true })
end
