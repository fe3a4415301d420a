package dev.aurochs.benchmarks;

import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.Jedis;

/**
 * The commands that adding, ending and claiming plain jobs takes in BullMQ's layout, and nothing else: no judgement, no
 * case that differs. What a library's scripts cost above this is their logic.
 */
final class BareLoad implements RedisLoad {
    private static final String ADD = """
            local call, base, count, now = redis.call, ARGV[1], tonumber(ARGV[2]), ARGV[3]
            call('HMGET', base .. 'meta', 'paused', 'concurrency', 'max', 'duration', 'opts.maxLenEvents')
            local id, ids = call('INCRBY', base .. 'id', count) - count, {}
            for i = 1, count do
                id = id + 1
                call('HSET', base .. id, 'name', 'job', 'data', '{"n":123}', 'opts', '{"attempts":1}',
                    'timestamp', now, 'delay', '0', 'priority', '0')
                for _, event in ipairs({ 'added', 'waiting' }) do
                    call('XADD', base .. 'events', 'MAXLEN', '~', '10000', '*', 'event', event, 'jobId', id)
                end
                ids[i] = id
            end
            call('LPUSH', base .. 'wait', unpack(ids))
            call('ZADD', base .. 'marker', 0, '0')
            return ids
            """;
    private static final String FORGET = """
            call('DEL', key, key .. ':logs', key .. ':dependencies', key .. ':processed', key .. ':failed',
                key .. ':unsuccessful', key .. ':lock')
            """;
    private static final String RUN = """
            local call, base, most, now, keep = redis.call, ARGV[1], tonumber(ARGV[2]), ARGV[3], tonumber(ARGV[4])
            for i = 5, #ARGV do
                local id = ARGV[i]
                local key = base .. id
                call('HMGET', key, 'opts', 'atm', 'parentKey', 'deid')
                call('GET', key .. ':lock')
                call('EXISTS', key .. ':unsuccessful', key .. ':dependencies')
                call('LREM', base .. 'active', -1, id)
                if keep == 0 then
                    FORGET
                else
                    call('HSET', key, 'returnvalue', 'null', 'finishedOn', now, 'atm', '1')
                    call('ZADD', base .. 'completed', now, id)
                    call('DEL', key .. ':lock')
                end
                call('XADD', base .. 'events', 'MAXLEN', '~', '10000', '*', 'event', 'completed', 'jobId', id,
                    'returnvalue', 'null', 'prev', 'active')
            end
            local surplus = keep > 0 and call('ZCARD', base .. 'completed') - keep or 0
            if surplus > 0 then
                for _, id in ipairs(call('ZRANGE', base .. 'completed', 0, surplus - 1)) do
                    local key = base .. id
                    FORGET
                end
                call('ZREMRANGEBYRANK', base .. 'completed', 0, surplus - 1)
            end
            call('HMGET', base .. 'meta', 'paused', 'concurrency', 'max', 'duration', 'opts.maxLenEvents')
            call('ZRANGE', base .. 'delayed', 0, 0, 'WITHSCORES')
            local ids, jobs = call('RPOP', base .. 'wait', most) or {}, {}
            if ids[1] then call('LPUSH', base .. 'active', unpack(ids)) end
            for i, id in ipairs(ids) do
                local key = base .. id
                jobs[i] = { id, call('HGETALL', key) }
                call('SET', key .. ':lock', 'token', 'PX', '30000')
                call('HSET', key, 'processedOn', now, 'pb', 'worker', 'ats', '1')
                call('XADD', base .. 'events', 'MAXLEN', '~', '10000', '*', 'event', 'active', 'jobId', id,
                    'prev', 'waiting')
            end
            if call('EXISTS', base .. 'wait') > 0 then call('ZADD', base .. 'marker', 0, '0') end
            return jobs
            """.replace("FORGET", FORGET);

    private final Jedis jedis;
    private final String add;
    private final String run;

    BareLoad(Jedis jedis) {
        this.jedis = jedis;
        this.add = jedis.scriptLoad(ADD);
        this.run = jedis.scriptLoad(RUN);
    }

    /** One caller, whatever is asked for. */
    @Override
    public double add(String queue, int jobs, int jobsPerCall, int callers) {
        long begin = System.nanoTime();
        for (int left = jobs; left > 0; left -= jobsPerCall)
            call(add, List.of(base(queue), text(Math.min(left, jobsPerCall)), now()));
        return (System.nanoTime() - begin) / 1e9;
    }

    @Override
    public double run(String queue, int jobs, int concurrency, int keep) {
        long begin = System.nanoTime();
        List<String> running = new ArrayList<>();
        for (int left = jobs; left > 0; ) {
            List<String> arguments = new ArrayList<>(List.of(base(queue), text(concurrency), now(), text(keep)));
            arguments.addAll(running);
            left -= running.size();
            running.clear();
            for (Object job : (List<?>) call(run, arguments))
                running.add(((List<?>) job).get(0).toString());
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    private Object call(String script, List<String> arguments) {
        return jedis.evalsha(script, List.of(arguments.get(0) + "meta"), arguments);
    }

    private static String base(String queue) {
        return "bare:" + queue + ":";
    }

    private static String now() {
        return Long.toString(System.currentTimeMillis());
    }

    private static String text(int number) {
        return Integer.toString(number);
    }

    /** The connection is the caller's. */
    @Override
    public void close() {}
}
