package dev.aurochs.benchmarks;

/** A library under load, as an application uses it. */
interface RedisLibrary extends RedisLoad {
    /** Microseconds from the call of add to the handler of an idle worker, each. */
    long[] latency(String queue, int rounds) throws Exception;
}
