package dev.aurochs.queue.job;

/**
 * How often a job ran (rule R1).
 *
 * @param made runs that ended: completed, failed or retried; {@code attempts} bounds this one
 * @param started claims that began to run
 * @param stalls recoveries from a worker that went away
 */
public record Runs(int made, int started, int stalls) {
    public static final Runs NONE = new Runs(0, 0, 0);

    public Runs plusMade() {
        return new Runs(made + 1, started, stalls);
    }

    public Runs plusStarted() {
        return new Runs(made, started + 1, stalls);
    }

    public Runs plusStall() {
        return new Runs(made, started, stalls + 1);
    }
}
