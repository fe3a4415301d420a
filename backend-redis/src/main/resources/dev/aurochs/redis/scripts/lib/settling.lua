--@use finish
--@use claim
--@gives go_on
-- Ends runs of every kind, and claims from queues of every kind; for `settle`, whose arguments and answer these are.
local home, worker
local finished = false

local function take_settlement()
    local job = job_in(queue_named(take()), take())
    local token, outcome = take(), take()
    if outcome == 'completed' then return { job = job, token = token, outcome = outcome, how = take() } end
    local arguments = rare().ARGUMENTS[outcome]
    return { job = job, token = token, outcome = outcome, how = arguments and arguments() or {} }
end

-- Why the run cannot end so; nil when it can.
local function obstacle(job, outcome)
    local completes = outcome == 'completed'
    if not completes and outcome ~= 'await-children' then return nil end
    if call('EXISTS', job.key .. ':unsuccessful', job.key .. ':dependencies') == 0 then return nil end
    local failed = call('ZRANGE', job.key .. ':unsuccessful', 0, -1)
    if #failed > 0 then return { 'children-failed', unpack(failed, 1, math.min(#failed, 1000)) } end
    if completes then return { 'children-pending' } end
end

-- What became of a job whose lease somebody else holds, or nobody.
local function not_held(job, lock)
    if lock or rare().is_active(job) then return { 'lease-lost' } end
    trim_all()
    return { call('EXISTS', job.key) == 1 and 'not-active' or 'no-such-job' }
end

local function settle(s)
    local job = s.job
    if not read_run(job) then return { 'no-such-job' } end
    local lock = call('GET', job.key .. ':lock')
    if lock ~= s.token then return not_held(job, lock) end
    local why = obstacle(job, s.outcome)
    if why then return why end
    if call('LREM', job.q.base .. 'active', -1, job.id) == 0 then
        call('DEL', job.key .. ':lock')
        return { 'not-active' }
    end
    if job.cancel then call('HDEL', job.key, 'cancel') end
    if s.outcome == 'completed' then
        complete(job, s.how, worker)
    else
        rare().OUTCOMES[s.outcome](job, s.how, worker)
    end
    finished = finished or s.outcome == 'completed' or s.outcome == 'failed'
    if not job.dropped then call('DEL', job.key .. ':lock') end
    if settings(job.q).concurrency then job.q.wake = true end
    return { 'done' }
end

local function tell_drained(q)
    if call('EXISTS', q.base .. 'wait', q.base .. 'active', q.base .. 'prioritized', q.base .. 'delayed') == 0 then
        emit(q, 'drained')
    end
end

-- Goes on behind what is settled already: `taken_arguments` of the call belong to that.
local function go_on(settled, taken_arguments)
    home = queue_named(take())
    worker = { completed = take_retention(), failed = take_retention(), metrics = take_number() }
    local count = take_number()
    finished = #settled > 0
    cursor = taken_arguments
    for i = #settled + 1, count do
        local ok, answer = pcall(settle, take_settlement())
        settled[i] = ok and answer or { 'refused', tostring(type(answer) == 'table' and answer.err or answer) }
    end
    trim_all()
    local claimed, taken = '', 0
    if take() == '1' then claimed, taken = claim(home, take_claimer()) end
    if finished and taken == 0 then tell_drained(home) end
    wake_all()
    return { 'settled', settled, 'claimed', claimed }
end
