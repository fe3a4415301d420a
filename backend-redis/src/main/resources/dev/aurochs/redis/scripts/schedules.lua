--@use schedules
-- Schedules by their ids (rule J11). Arguments: queue, one id or '', from which on, how many.
-- Answers 'total' and 'entries', each with 'id', 'slot' and the 'fields' of its hash.
local q = queue_named(take())
local one, from, limit = take_text(), take_number(), take_number()
local ids = {}
for _, id in ipairs(one and { one } or call('ZRANGE', q.base .. 'repeat', 0, -1)) do
    if slot_of(q, id) and call('HEXISTS', schedule_key(q, id), 'ic') == 1 then ids[#ids + 1] = id end
end
table.sort(ids)

-- Other clients do not note that no run follows: the last one has begun, and its count or its slot is at the bound.
local function is_over(id, slot)
    local s = read_schedule(q, id)
    if s.over then return true end
    if not s.limit and not s.finish then return false end
    local run = job_in(q, run_id(id, slot))
    local count = s.runs
    if read(run) then
        local state = state_of(run)
        if is_waiting(state) or state == 'delayed' then return false end
        local made = options(run)['repeat']
        count = type(made) == 'table' and tonumber(made.count) or count
    end
    return s.limit and count >= s.limit or s.finish and s.every and slot + s.every > s.finish
end

local answers = {}
for i = from + 1, math.min(from + limit, #ids) do
    local slot = slot_of(q, ids[i])
    local fields = call('HGETALL', schedule_key(q, ids[i]))
    if is_over(ids[i], slot) then
        fields[#fields + 1] = 'over'
        fields[#fields + 1] = '1'
    end
    answers[#answers + 1] = { 'id', ids[i], 'slot', digits(slot), 'fields', fields }
end
return { 'total', #ids, 'entries', answers }
