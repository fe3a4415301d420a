package dev.aurochs.engine;

import dev.aurochs.engine.store.RateWindow;
import dev.aurochs.queue.job.RateLimit;
import java.time.Instant;

/** Rate limit arithmetic: a fixed window, opened by the first grant after the last one closed (rules L1, L2). */
final class Limiter {
    private Limiter() {}

    /** How many more grants the window allows at {@code now}. */
    static int room(RateWindow window, RateLimit limit, Instant now) {
        return isOpen(window, limit, now) ? Math.max(0, limit.max() - window.used()) : limit.max();
    }

    /** The window after {@code grants} more. */
    static RateWindow grant(RateWindow window, RateLimit limit, int grants, Instant now) {
        if (isOpen(window, limit, now)) return new RateWindow(window.startMs(), window.used() + grants);
        return new RateWindow(now.toEpochMilli(), grants);
    }

    /** When the window closes. */
    static Instant end(RateWindow window, RateLimit limit) {
        return Instant.ofEpochMilli(window.startMs()).plus(limit.window());
    }

    private static boolean isOpen(RateWindow window, RateLimit limit, Instant now) {
        return window.used() > 0 && now.isBefore(end(window, limit));
    }
}
