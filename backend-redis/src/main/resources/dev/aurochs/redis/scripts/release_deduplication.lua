--@use deduplication
-- Takes an id from its holder; what was remembered stays (rule A18). Arguments: queue, deduplication id. Answers 1
-- or 0.
local q, id = queue_named(take()), take()
if not holder(q, id) then return 0 end
return call('DEL', holding_key(q, id))
