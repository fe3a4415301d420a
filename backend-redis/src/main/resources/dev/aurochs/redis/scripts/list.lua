--@use queue
-- Jobs of a state, next to run first, finished ones newest first (rule V2). Arguments: queue, state, from which
-- on, how many. Answers 'total', how many there are, and 'entries', what `find` answers per job.
local q = queue_named(take())
local state, from, limit = take(), take_number(), take_number()
local LISTS = { waiting = 'wait', active = 'active' }

local function from_tail(name, first, count)
    local ids = call('LRANGE', q.base .. name, -(first + count), -(first + 1))
    local turned = {}
    for i = #ids, 1, -1 do turned[#turned + 1] = ids[i] end
    return turned
end

-- {container, id, score} of the page, and how many there are.
local function page()
    local found, total = {}, 0
    local list = LISTS[state]
    if list then
        total = call('LLEN', q.base .. list)
        if from < total then
            for _, id in ipairs(from_tail(list, from, math.min(limit, total - from))) do
                found[#found + 1] = { list, id }
            end
        end
        if state == 'active' then return found, total end
    end
    local set = state == 'waiting' and 'prioritized' or state
    local first, count = math.max(0, from - total), limit - #found
    local turned = state == 'completed' or state == 'failed'
    if count > 0 then
        local pairs_of = call(turned and 'ZREVRANGE' or 'ZRANGE', q.base .. set, first, first + count - 1, 'WITHSCORES')
        for i = 1, #pairs_of, 2 do found[#found + 1] = { set, pairs_of[i], tonumber(pairs_of[i + 1]) } end
    end
    return found, total + call('ZCARD', q.base .. set)
end

local found, total = page()
local answers = {}
for i, entry in ipairs(found) do
    local fields = call('HGETALL', q.base .. entry[2])
    local score = entry[3] and digits(math.floor(entry[3])) or ''
    answers[i] = { 'id', entry[2], 'state', entry[1], 'score', score, 'fields', fields }
end
return { 'total', total, 'entries', answers }
