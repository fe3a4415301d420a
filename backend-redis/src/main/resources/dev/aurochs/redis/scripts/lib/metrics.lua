--@use queue
-- One number a minute, the newest first.
local function count_metric(q, kind, points)
    local key = q.base .. 'metrics:' .. kind
    local before = call('HINCRBY', key, 'count', 1) - 1
    local f = call('HMGET', key, 'prevTS', 'prevCount')
    if not f[1] then
        call('HSET', key, 'prevTS', now_text, 'prevCount', '0')
        return
    end
    local minutes = math.min(math.floor(now / 60000) - math.floor(tonumber(f[1]) / 60000), points)
    if minutes <= 0 then return end
    call('LPUSH', key .. ':data', digits(before - (tonumber(f[2]) or 0)))
    for _ = 2, minutes do call('LPUSH', key .. ':data', '0') end
    call('LTRIM', key .. ':data', 0, points - 1)
    call('HSET', key, 'prevCount', digits(before), 'prevTS', now_text)
end
