--@use parents
--@use deduplication
-- Adds units, each whole or not at all (rules A1-A19, F1, F15-F19).
-- Arguments: number of units; per unit the number of members; per member:
--   queue, id or '', parent key or '', lease token of the parent or '', '1' when it awaits children, due moment or
-- '',
--   '1' for lifo, deduplication JSON or '', number of fields and values, the fields of its hash with their values.
-- Answers per unit a list of {verdict, subject}; a unit that could not be judged is {'failed', message}.
local STORE = nil

local function take_member()
    local q = queue_named(take())
    local m = { q = q, id = take_text(), parent = take_text(), lease = take_text(), awaits = take() == '1' }
    m.due, m.lifo, m.deduplication = take_number(), take() == '1', take_text()
    m.stored, m.fields = {}, {}
    local count = take_number()
    for i = 1, count, 2 do
        local field, value = take(), take()
        m.stored[i], m.stored[i + 1] = field, value
        m.fields[field] = value
    end
    m.key = m.id and q.base .. m.id
    m.de = m.deduplication and cjson.decode(m.deduplication)
    m.due = m.due or 0
    m.priority = tonumber(m.fields.priority)
    m.name = m.fields.name
    return m
end

local function is_alive(key, lease)
    local f = call('HMGET', key, 'name', 'finishedOn')
    if not f[1] or f[2] then return false end
    return not lease or call('GET', key .. ':lock') == lease
end

local function is_there_by_unit(u, key)
    local i = u.standing[key]
    return i and not (u.verdicts[i] and u.verdicts[i][1] == 'not-stored')
end

local function parent_to_be(u, key)
    if u.parents[key] then return u.parents[key] end
    return call('HGET', key, 'parentKey') or nil
end

local function lives(u, key)
    local i = u.standing[key]
    return i and not u.verdicts[i] or is_alive(key)
end

local function judge_id(u, m)
    if not is_there_by_unit(u, m.key) and call('EXISTS', m.key) == 0 then return STORE end
    local before = parent_to_be(u, m.key)
    local free = not m.parent or not before or before == m.parent or not lives(u, before)
    if free then return { 'already-there', m.id } end
    return { 'other-parent', before }
end

-- True when another job holds the member's deduplication id.
local function is_kept_out(u, i, m)
    if not m.de then return false end
    local taken = m.q.base .. m.de.id
    local owner = holder(m.q, m.de.id)
    local first = not u.taken[taken]
    u.taken[taken] = true
    if first and (not owner or makes_way(m.q, owner, m.de, m.parent)) then return false end
    u.kept_out[i] = true
    return true
end

local function judge(u, i, m)
    local above = m.parent and u.standing[m.parent]
    if above and u.verdicts[above] then return { 'not-stored', '' } end
    if m.parent and not above and not is_alive(m.parent, m.lease) then return { 'no-such-parent', m.parent } end
    local known = m.key and judge_id(u, m)
    if not known and is_kept_out(u, i, m) then return { 'not-stored', '' } end
    return known or STORE
end

local function remember(u, i, m)
    local verdict = u.verdicts[i]
    if not m.key then return end
    if not is_there_by_unit(u, m.key) then u.standing[m.key] = i end
    if m.parent and (not verdict or verdict[1] == 'already-there') then u.parents[m.key] = m.parent end
end

local function refuses(verdict)
    return verdict and (verdict[1] == 'no-such-parent' or verdict[1] == 'other-parent')
end

local function refusal(u)
    local answers = {}
    for i = 1, #u.members do
        answers[i] = refuses(u.verdicts[i]) and u.verdicts[i] or { 'not-stored', '' }
    end
    return answers
end

local function id_of(m)
    return m.id or digits(call('INCR', m.q.base .. 'id'))
end

-- The job takes its deduplication id; a delayed one that held it goes, as if it had been removed.
local function take_deduplication(u, m, id)
    local before = holder(m.q, m.de.id)
    admit(m.q, m.de, id, before)
    if not before then return end
    local replaced = job_in(m.q, before)
    read(replaced)
    leave(replaced, 'delayed')
    delete_job(replaced)
    emit(m.q, 'removed', 'jobId', before, 'prev', 'delayed')
    local parent = parent_of(replaced)
    if parent and no_longer_pends(parent, replaced) then u.bereft[#u.bereft + 1] = parent end
    tell_deduplicated(m.q, id, m.de.id, before)
end

local function store(u, m)
    local job = job_in(m.q, id_of(m))
    if m.de then take_deduplication(u, m, job.id) end
    enter(job, m.stored, m)
    if m.parent and m.id and not u.standing[m.parent] then
        adopt_again(job_at(m.parent), job)
    elseif m.parent then
        call('SADD', m.parent .. ':dependencies', job.key)
    end
    return { 'stored', job.id }
end

local function stay_out(m)
    local owner = holder(m.q, m.de.id)
    keep_out(m.q, owner, m.de, { id = id_of(m), name = m.name, data = m.fields.data, opts = m.fields.opts })
    return { 'deduplicated', owner }
end

-- The job was there: it becomes a child of its new parent.
local function link_again(m, linked)
    local job = job_in(m.q, m.id)
    emit(m.q, 'duplicated', 'jobId', m.id)
    if not m.parent then return end
    read(job)
    local parent = job_at(m.parent)
    if job.parent_key == m.parent and lists(parent, job) then return end
    tell_parent_of_removal(job)
    call('HSET', job.key, 'parentKey', m.parent, 'parent', m.fields.parent)
    job.parent_key, job.parent_link = m.parent, m.fields.parent
    adopt_again(parent, job)
    linked[#linked + 1] = job
end

local function count_if_finished(job)
    if call('ZSCORE', job.q.base .. 'completed', job.id) then
        tell_parent_of_result(job, call('HGET', job.key, 'returnvalue') or 'null')
    elseif call('ZSCORE', job.q.base .. 'failed', job.id) then
        tell_parent_of_failure(job, call('HGET', job.key, 'failedReason') or '')
    end
end

local function store_unit(u)
    local answers, linked = {}, {}
    for i, m in ipairs(u.members) do
        local verdict = u.verdicts[i]
        if verdict and verdict[1] == 'already-there' then link_again(m, linked) end
        if u.kept_out[i] then answers[i] = stay_out(m) else answers[i] = verdict or store(u, m) end
    end
    for _, job in ipairs(linked) do count_if_finished(job) end
    for i, m in ipairs(u.members) do
        if m.awaits and answers[i][1] == 'stored' then release_when_none_pends(job_in(m.q, answers[i][2])) end
    end
    for _, parent in ipairs(u.bereft) do release_when_none_pends(parent) end
    return answers
end

local function add_unit(members)
    local u = { members = members, verdicts = {}, standing = {}, parents = {}, kept_out = {}, taken = {}, bereft = {} }
    local refused = false
    for i, m in ipairs(members) do
        u.verdicts[i] = judge(u, i, m)
        remember(u, i, m)
        refused = refused or refuses(u.verdicts[i])
    end
    if refused then return refusal(u) end
    return store_unit(u)
end

local answers = {}
for i = 1, take_number() do
    local members = {}
    for j = 1, take_number() do members[j] = take_member() end
    local ok, answer = pcall(add_unit, members)
    answers[i] = ok and answer or { 'failed', tostring(type(answer) == 'table' and answer.err or answer) }
end
wake_all()
return answers
