--@use parents
--@use deduplication
--@use schedules
-- Jobs that go (rules K8-K13, F20).

-- The job itself, with its deduplication id. `state` is where it stood, nil for nowhere; the removal of another
-- may have moved it since.
local function drop(job, state)
    deduplication_removed(job)
    if state and not leave(job, state) then
        state = state_of(job)
        if state then leave(job, state) end
    end
    delete_job(job)
    emit(job.q, 'removed', 'jobId', job.id, 'prev', state or 'unknown')
end

local function remove_one(job, state)
    drop(job, state)
    tell_parent_of_removal(job)
end

-- In the course of emptying a queue: its parents that wait for nobody else go as well.
local function sweep_out(job, state)
    while true do
        drop(job, state)
        local parent = parent_of(job)
        if not parent or not pends(parent, job) then return end
        local alone = parent.q == job.q
            and waits_for_children(parent)
            and call('SCARD', parent.key .. ':dependencies') == 1
        if not alone or not read(parent) then
            tell_parent_of_removal(job)
            return
        end
        call('SREM', parent.key .. ':dependencies', job.key)
        job, state = parent, 'waiting-children'
    end
end

local function child_keys(parent)
    local keys = {}
    for _, key in ipairs(call('SMEMBERS', parent.key .. ':dependencies')) do keys[#keys + 1] = key end
    for _, key in ipairs(call('HKEYS', parent.key .. ':processed')) do keys[#keys + 1] = key end
    for _, key in ipairs(call('HKEYS', parent.key .. ':failed')) do keys[#keys + 1] = key end
    for _, key in ipairs(call('ZRANGE', parent.key .. ':unsuccessful', 0, -1)) do keys[#keys + 1] = key end
    return keys
end

-- Adds the children of a job that are there and still its own to those found.
local function find_children(parent, found, known)
    for _, key in ipairs(child_keys(parent)) do
        local child = job_at(key)
        if not known[key] and read(child) and child.parent_key == parent.key then
            known[key] = true
            found[#found + 1] = child
        end
    end
end
