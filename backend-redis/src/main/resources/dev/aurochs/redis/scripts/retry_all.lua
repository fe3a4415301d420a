--@use sweep
--@use retry
-- Makes finished jobs wait again (rule K14). Arguments: queue, budget, state, moment or ''. Answers 'done' and
-- 'more'.
local q = queue_named(take())
budget = take_number()
local state, until_moment = take(), take_number()
each(q, state, until_moment, any, function(job, from)
    leave(job, from)
    retry(job, from, false)
end)
return swept()
