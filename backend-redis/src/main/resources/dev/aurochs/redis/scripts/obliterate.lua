--@use sweep
-- Removes the queue with everything in it (rule K13). Arguments: queue, budget, '1' also while jobs run.
-- Answers 'done' and 'more'.
local q = queue_named(take())
budget = take_number()
local force = take() == '1'
if not force and call('LLEN', q.base .. 'active') > 0 then return { 'done', 0, 'more', 0 } end

for _, schedule in ipairs(call('ZRANGE', q.base .. 'repeat', 0, -1)) do
    call('DEL', schedule_key(q, schedule))
end
call('DEL', q.base .. 'repeat')

-- Parents first: the removal of a child may release its parent, so it goes on until nothing is left.
local order = { 'waiting-children', 'wait', 'prioritized', 'paused', 'delayed', 'active', 'completed', 'failed' }
local before
repeat
    before = done
    for _, container in ipairs(order) do each(q, container, nil, any, remove_one) end
until done == before

if not more then
    for _, key in ipairs({ 'wait', 'prioritized', 'paused', 'delayed', 'active', 'completed', 'failed',
        'waiting-children', 'events', 'delay', 'priority', 'stalled-check', 'stalled', 'id', 'pc', 'marker', 'meta',
        'limiter', 'metrics:completed', 'metrics:completed:data', 'metrics:failed', 'metrics:failed:data' }) do
        call('DEL', q.base .. key)
    end
    queues[q.base] = nil
end
return swept()
