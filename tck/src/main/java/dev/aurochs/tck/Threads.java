package dev.aurochs.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The library's own threads that were alive at one moment. */
record Threads(Set<Thread> alive) {
    private static final String OURS = "aurochs-";
    private static final long PATIENCE_MILLIS = 2_000;

    static Threads now() {
        return new Threads(Set.copyOf(Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(OURS))
                .toList()));
    }

    /** Names of threads that have come since. */
    List<String> news() {
        return now().alive.stream()
                .filter(thread -> !alive.contains(thread))
                .map(Thread::getName)
                .sorted()
                .toList();
    }

    /** None of the threads that have come since is still alive; those that are just ending may do so. */
    void requireNoneLeft() {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        for (Thread thread : now().alive) {
            if (!alive.contains(thread)) join(thread, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
        }
        assertThat(news()).as("threads left after close").isEmpty();
    }

    private static void join(Thread thread, long millis) {
        try {
            thread.join(Math.max(1, millis));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
