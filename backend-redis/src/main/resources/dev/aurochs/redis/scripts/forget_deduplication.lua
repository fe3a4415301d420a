--@use queue
-- Frees a deduplication id whose job is gone, of a queue that was obliterated. Arguments: queue, deduplication id.
local q, id = queue_named(take()), take()
local owner = call('GET', q.base .. 'de:' .. id)
if owner and call('EXISTS', q.base .. owner) == 1 then return 0 end
return call('DEL', q.base .. 'de:' .. id, q.base .. 'dn:' .. id)
