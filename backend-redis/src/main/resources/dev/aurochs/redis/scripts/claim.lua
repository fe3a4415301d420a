--@use claim
-- Leases jobs. Arguments: queue, then what `take_claimer` takes. Answers what `claim` does.
local q = queue_named(take())
local claimed = claim(q, take_claimer())
wake_all()
return claimed
