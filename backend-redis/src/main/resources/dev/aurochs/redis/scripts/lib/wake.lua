-- To be put in line, behind everything else: wakes one who waits for `q`, whose settings were read, and tells its
-- earliest due moment.
if q.watch then
    local first = call('ZRANGE', q.base .. 'delayed', '0', '0', 'WITHSCORES')
    if first[1] then
        call('ZADD', q.base .. 'marker', string.format('%.0f', math.floor(tonumber(first[2]) / 4096)), '1')
    end
end
if q.wake and not q.paused and not (q.concurrency and call('LLEN', q.base .. 'active') >= q.concurrency) then
    call('ZADD', q.base .. 'marker', '0', '0')
end
