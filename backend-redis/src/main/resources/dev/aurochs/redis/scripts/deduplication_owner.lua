--@use deduplication
-- Who holds an id (rule A18). Arguments: queue, deduplication id. Answers the job's id or ''.
return holder(queue_named(take()), take()) or ''
