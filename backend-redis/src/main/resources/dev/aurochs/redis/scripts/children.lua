--@use queue
-- The children of a job, each once (rules F11, V5). Arguments: queue, id, lease token or ''.
-- Answers 'lease-lost', or per child 'key', 'status' and 'text': its result or failure, or ''.
local job = job_in(queue_named(take()), take())
local token = take_text()
if token and call('GET', job.key .. ':lock') ~= token then return 'lease-lost' end
local children = {}

local function add(key, status, text)
    children[#children + 1] = { 'key', key, 'status', status, 'text', text or '' }
end

for _, key in ipairs(call('SMEMBERS', job.key .. ':dependencies')) do
    add(key, 'pending', call('HGET', job.key, 'cf:' .. key))
end
local processed = call('HGETALL', job.key .. ':processed')
for i = 1, #processed, 2 do add(processed[i], 'completed', processed[i + 1]) end
local ignored = call('HGETALL', job.key .. ':failed')
for i = 1, #ignored, 2 do add(ignored[i], 'ignored', ignored[i + 1]) end
for _, key in ipairs(call('ZRANGE', job.key .. ':unsuccessful', 0, -1)) do
    add(key, 'failed', call('HGET', job.key, 'cf:' .. key) or call('HGET', key, 'failedReason'))
end
return children
