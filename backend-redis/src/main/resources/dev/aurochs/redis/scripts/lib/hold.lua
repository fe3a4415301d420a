--@use queue
-- Holds the queue by hand; every client can lift that.
local function hold_for(q, span)
    begin(q)
    q.held_until = now + span
    call('HSET', q.base .. 'meta', 'heldUntil', digits(q.held_until))
    if span > 0 then call('SET', q.base .. 'limiter', SENTINEL, 'PX', digits(span)) end
end
