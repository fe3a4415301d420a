--@use sweep
-- Makes delayed jobs wait now (rule K15). Arguments: queue, budget. Answers 'done' and 'more'.
local q = queue_named(take())
budget = take_number()
each(q, 'delayed', nil, any, function(job, from)
    leave(job, from)
    make_due(job)
end)
q.watch = true
return swept()
