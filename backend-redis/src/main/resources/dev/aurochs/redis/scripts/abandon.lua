--@use queue
-- A session ends: the leases it did not settle are given up (rule C13). Arguments: number; per lease: queue, id,
-- token.
local given_up = 0
for _ = 1, take_number() do
    local job = job_in(queue_named(take()), take())
    local token = take()
    if call('GET', job.key .. ':lock') == token then given_up = given_up + call('DEL', job.key .. ':lock') end
end
return given_up
