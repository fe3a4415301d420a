--@use sweep
-- Removes old jobs of a state (rule K12). Arguments: queue, budget, state, moment or ''. Answers 'done' and 'more'.
local q = queue_named(take())
budget = take_number()
local state, until_moment = take(), take_number()
sweep_state(q, CONTAINERS[state], until_moment)
if done > 0 then emit(q, 'cleaned', 'count', digits(done)) end
return swept()
