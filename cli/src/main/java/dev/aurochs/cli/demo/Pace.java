package dev.aurochs.cli.demo;

import dev.aurochs.queue.job.RateLimit;
import java.time.Duration;

/**
 * How fast the demo goes.
 *
 * @param window the window of the checks' rate limit
 * @param retry the wait before a failed check's second run; doubled before each further one
 * @param delay how late the delayed job is
 */
record Pace(Duration window, Duration retry, Duration delay) {
    private static final int CHECKS_PER_WINDOW = 4;

    /** Slow enough to be watched. */
    static Pace watchable() {
        return of(Duration.ofSeconds(1));
    }

    /** For people's own pictures: as fast as it goes. */
    static Pace swift() {
        return new Pace(Duration.ofMillis(10), Duration.ofMillis(200), Duration.ofSeconds(1));
    }

    static Pace of(Duration window) {
        return new Pace(window, window.multipliedBy(2).dividedBy(5), window.multipliedBy(3));
    }

    RateLimit checks() {
        return new RateLimit(CHECKS_PER_WINDOW, window);
    }
}
