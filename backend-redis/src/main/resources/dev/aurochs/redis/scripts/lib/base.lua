-- Arguments, moments and names. Every script begins with the prefix and the caller's moment.
local call = redis.call
local prefix = ARGV[1] .. ':'
local now_text = ARGV[2]
local now = tonumber(now_text)
local cursor = 2

local function take()
    cursor = cursor + 1
    return ARGV[cursor]
end

-- nil stands for what was left out
local function take_text()
    local value = take()
    if value ~= '' then return value end
end

local function take_number()
    return tonumber(take())
end

-- Plain digits: some servers would print large numbers with an exponent.
local function digits(number)
    return string.format('%.0f', number)
end
