--@use notes
-- What running jobs say about themselves. Arguments: number; per report: queue, id, token, kind, text.
-- Answers per report 'done', 'lease-lost' or 'no-such-job'.
local answers = {}
for i = 1, take_number() do
    local job = job_in(queue_named(take()), take())
    local token, kind, text = take(), take(), take()
    if not read(job) then
        answers[i] = 'no-such-job'
    elseif call('GET', job.key .. ':lock') ~= token then
        answers[i] = 'lease-lost'
    else
        NOTES[kind](job, text)
        answers[i] = 'done'
    end
end
return answers
