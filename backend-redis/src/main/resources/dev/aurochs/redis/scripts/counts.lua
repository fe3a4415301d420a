--@use queue
-- Arguments: queue. Answers name and count in turn, and whether the queue is paused.
local q = queue_named(take())
local answer = { 'is-paused', settings(q).paused and 1 or 0 }
for _, name in ipairs({ 'wait', 'paused', 'active' }) do
    answer[#answer + 1] = name
    answer[#answer + 1] = call('LLEN', q.base .. name)
end
for _, name in ipairs({ 'prioritized', 'delayed', 'waiting-children', 'completed', 'failed' }) do
    answer[#answer + 1] = name
    answer[#answer + 1] = call('ZCARD', q.base .. name)
end
return answer
