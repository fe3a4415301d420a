--@late settling
-- Ends runs, each atomic alone, then leases the next jobs when asked to (rules C6, C7, C10-C12, F3, F4, F14, R1-R9,
-- L7).
-- Arguments: queue, retention of completed and of failed jobs, metrics points, number of settlements; per settlement:
--   queue, id, token, outcome, and what the outcome needs; then '1' and what `take_claimer` takes, or '0'.
-- Answers name and value in turn: 'settled', list of {verdict, subjects…}, left out when all are done; 'claimed', what
-- `claim` answers, without what is empty or usual.
--
-- Most runs complete, of jobs without parent, children, deduplication or retention of their own, in queues without
-- limits. For them everything is said here, because building the functions of the other parts costs more than ending
-- such a run. The first settlement that is not of this kind, and all behind it, are left to `settling`.
local call = redis.call
local base, now_text = ARGV[1] .. ':' .. ARGV[3] .. ':', ARGV[2]
local now = tonumber(now_text)
local keep, keep_age, keep_limit = tonumber(ARGV[4]), ARGV[5], tonumber(ARGV[6])
local active, completed, events = base .. 'active', base .. 'completed', base .. 'events'
local settled, count, at = {}, tonumber(ARGV[11]), 11
local score, refused

local meta = call('HMGET', base .. 'meta', 'paused', 'concurrency', 'max', 'opts.maxLenEvents', 'heldUntil')
local cap = meta[4]
local plain = cap and not (meta[1] or meta[2] or meta[3]) and (tonumber(meta[5]) or 0) <= now
    and ARGV[10] == '0' and (keep == 0 or keep_age == '' and keep_limit >= 1000)

-- False when the run is not of this kind; nothing has been done then.
local function complete(id, token, result)
    local key = base .. id
    local f = call('HMGET', key, 'opts', 'atm', 'parentKey', 'deid', 'cancel', 'defa')
    if not f[1] or f[3] or f[4] or f[5] or f[6] or string.find(f[1], 'removeOnComplete', 1, true) then return false end
    if call('GET', key .. ':lock') ~= token then return false end
    if call('EXISTS', key .. ':unsuccessful', key .. ':dependencies') > 0 then return false end
    if call('LREM', active, '-1', id) == 0 then return false end
    if keep == 0 then
        --@inline forget
    else
        local made = (f[2] or '0') == '0' and '1' or (tonumber(f[2]) or 0) + 1
        call('HSET', key, 'returnvalue', result, 'finishedOn', now_text, 'atm', made)
        if not score then
            local last = call('ZREVRANGEBYSCORE', completed, '(' .. string.format('%.0f', now + 1), now_text,
                'WITHSCORES', 'LIMIT', 0, 1)[2]
            score = last and tonumber(last) + 1 / 2048 or now
        else
            score = score + 1 / 2048
        end
        score = math.min(score, now + 2047 / 2048)
        call('ZADD', completed, score, id)
        call('DEL', key .. ':lock')
    end
    call('XADD', events, 'MAXLEN', '~', cap, '*', 'event', 'completed', 'jobId', id, 'returnvalue', result,
        'prev', 'active', 'at', now_text)
    return true
end

while plain and #settled < count and ARGV[at + 4] == 'completed' and ARGV[at + 1] == ARGV[3] do
    local ok, ended = pcall(complete, ARGV[at + 2], ARGV[at + 3], ARGV[at + 5])
    if ok and not ended then break end
    settled[#settled + 1] = ok and { 'done' }
        or { 'refused', tostring(type(ended) == 'table' and ended.err or ended) }
    refused = refused or not ok
    at = at + 5
end

if score and keep > 0 then
    local surplus = math.min(call('ZCARD', completed) - keep, keep_limit)
    if surplus > 0 then
        for _, id in ipairs(call('ZRANGE', completed, 0, surplus - 1)) do
            local key = base .. id
            --@inline forget
        end
        call('ZREMRANGEBYRANK', completed, 0, surplus - 1)
    end
end

local claims = ARGV[at + 1] == '1'
local due
if claims and plain then
    local score_of_first = call('ZRANGE', base .. 'delayed', '0', '0', 'WITHSCORES')[2]
    due = score_of_first and math.floor(tonumber(score_of_first) / 4096)
end
if #settled < count or not plain or claims and (ARGV[at + 6] ~= '' or due and due <= now) then
    return settling().go_on(settled, at)
end

local claimed, jobs, bad = {}, {}, {}
if claims then
    local name, token, lease, most = ARGV[at + 2], ARGV[at + 3], ARGV[at + 4], tonumber(ARGV[at + 5])
    local wait = base .. 'wait'
    local ids = most == 1 and { call('RPOPLPUSH', wait, active) or nil } or call('RPOP', wait, ARGV[at + 5]) or {}
    if most > 1 and ids[1] then call('LPUSH', active, unpack(ids)) end
    if #ids < most then
        local popped = call('ZPOPMIN', base .. 'prioritized', most - #ids)
        for i = 1, #popped, 2 do
            ids[#ids + 1] = popped[i]
            call('LPUSH', active, popped[i])
        end
    end
    for i = 1, #ids do
        local id = ids[i]
        local key = base .. id
        --@inline start
        if n > 0 then
            call('XADD', events, 'MAXLEN', '~', cap, '*', 'event', 'active', 'jobId', id, 'prev', 'waiting',
                'at', now_text)
            jobs[#jobs + 1] = id
            jobs[#jobs + 1] = fields
        else
            -- Some old clients leave marks among the ids that are no jobs.
            call('LREM', active, '1', id)
            if string.sub(id, 1, 2) ~= '0:' then bad[#bad + 1] = id end
        end
    end
    if #ids < most then
        call('DEL', base .. 'pc')
        claimed = { 'rest', 'nothing', 'until', due and string.format('%.0f', due) or '' }
    elseif call('EXISTS', base .. 'wait', base .. 'prioritized') > 0 then
        call('ZADD', base .. 'marker', '0', '0')
    elseif due then
        call('ZADD', base .. 'marker', due, '1')
    end
end
if #settled > 0 and #jobs == 0
    and call('EXISTS', base .. 'wait', active, base .. 'prioritized', base .. 'delayed') == 0 then
    call('XADD', events, 'MAXLEN', '~', cap, '*', 'event', 'drained', 'at', now_text)
end
if jobs[1] then
    claimed[#claimed + 1] = 'jobs'
    claimed[#claimed + 1] = jobs
end
if bad[1] then
    claimed[#claimed + 1] = 'bad'
    claimed[#claimed + 1] = bad
end
return refused and { 'settled', settled, 'claimed', claimed } or { 'claimed', claimed }
