-- To be put in line: begins a run. From `key`, `name`, `token`, `lease` and `now_text` to `n`, 0 when the job is not
-- there; `fields`, the job's before that; `runs`, whether it will really run. Numbers that are told as numbers cost a
-- server more than texts.
local fields, runs, started = call('HGETALL', key), true, 0
local n = #fields
if n > 0 then
    for i = 1, n, 2 do
        local field = fields[i]
        if field == 'ats' then started = tonumber(fields[i + 1]) or 0 end
        if field == 'defa' then runs = false end
    end
    if runs then started = started + 1 end
    call('SET', key .. ':lock', token, 'PX', lease)
    call('HSET', key, 'processedOn', now_text, 'pb', name, 'ats', started == 1 and '1' or started)
end
