--@use sweep
-- Removes all waiting jobs (rule K11). Arguments: queue, budget, '1' for delayed ones too. Answers 'done' and 'more'.
local q = queue_named(take())
budget = take_number()
sweep_state(q, CONTAINERS.waiting)
if take() == '1' then sweep_state(q, CONTAINERS.delayed) end
return swept()
