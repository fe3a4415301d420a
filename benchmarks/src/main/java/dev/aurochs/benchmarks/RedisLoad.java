package dev.aurochs.benchmarks;

/** Jobs on one Redis server: small, with default options and an empty handler. */
interface RedisLoad extends AutoCloseable {
    /** Adds jobs; the seconds until the last add was acknowledged. */
    double add(String queue, int jobs, int jobsPerCall, int callers) throws Exception;

    /**
     * Runs jobs that wait; the seconds until the last of them ended.
     *
     * @param keep how many completed jobs stay in the store
     */
    double run(String queue, int jobs, int concurrency, int keep) throws Exception;

    @Override
    void close();
}
