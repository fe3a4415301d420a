--@use place
-- Arguments: number; per job: queue, id. Answers per job '' or its 'id', 'state', 'score' ('' where there is
-- none) and the 'fields' of its hash.
local answers = {}
for i = 1, take_number() do
    local job = job_in(queue_named(take()), take())
    local fields = call('HGETALL', job.key)
    if #fields == 0 then
        answers[i] = ''
    else
        local state, score = state_of(job)
        local shown = score and digits(math.floor(score)) or ''
        answers[i] = { 'id', job.id, 'state', state or '', 'score', shown, 'fields', fields }
    end
end
return answers
