--@use queue
-- Keeps leases alive (rule C8). Arguments: queue, lease length, number; per lease: queue, id, token.
-- Answers per lease 'held', 'lost', or {'cancel', reason}.
take()
local length = take()
local answers = {}
for i = 1, take_number() do
    local job = job_in(queue_named(take()), take())
    local token = take()
    if call('GET', job.key .. ':lock') ~= token then
        answers[i] = { 'lost' }
    else
        call('PEXPIRE', job.key .. ':lock', length)
        call('SREM', job.q.base .. 'stalled', job.id)
        local cancel = call('HGET', job.key, 'cancel')
        answers[i] = cancel and { 'cancel', cancel } or { 'held' }
    end
end
return answers
