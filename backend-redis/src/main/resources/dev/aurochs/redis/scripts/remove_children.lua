--@use removal
-- Removes the pending children of a job with all below them, but what runs or has failed and what is below that
-- (rule K20). Arguments: queue, id. Answers {'done'} or {'no-such-job'}.
local parent = job_in(queue_named(take()), take())
if not read(parent) then return { 'no-such-job' } end

-- What goes with a child, itself first; empty when it is spared.
local function below(child)
    local doomed, known, i = { child }, { [child.key] = true }, 1
    while doomed[i] do
        local state = state_of(doomed[i])
        if state == 'active' or state == 'failed' or doomed[i].key == parent.key then
            table.remove(doomed, i)
        else
            doomed[i].state = state
            find_children(doomed[i], doomed, known)
            i = i + 1
        end
    end
    return doomed
end

for _, key in ipairs(call('SMEMBERS', parent.key .. ':dependencies')) do
    local child = job_at(key)
    local is_there = read(child) and child.parent_key == parent.key
    local doomed = is_there and below(child) or {}
    if not is_there or #doomed > 0 then
        for _, job in ipairs(doomed) do drop(job, job.state) end
        call('SREM', parent.key .. ':dependencies', key)
        call('HDEL', parent.key, 'cf:' .. key)
        release_when_none_pends(parent)
    end
end
wake_all()
return { 'done' }
