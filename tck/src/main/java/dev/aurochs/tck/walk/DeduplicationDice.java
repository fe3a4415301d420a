package dev.aurochs.tck.walk;

import dev.aurochs.queue.job.Deduplication;
import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Draws deduplication: few ids, so that they collide, and every mode that the job may have (rule A19). */
final class DeduplicationDice {
    private static final int IDS = 2;

    private final Random random;
    private final boolean times;

    /** @param times true when ids may be held for a time */
    DeduplicationDice(Random random, boolean times) {
        this.random = random;
        this.times = times;
    }

    String id() {
        return id(random.nextInt(IDS));
    }

    static String id(int number) {
        return "d" + number % IDS;
    }

    /** For a job that is added alone, or else in a unit of several. Mostly none. */
    @Nullable
    Deduplication draw(boolean alone, boolean isChild) {
        if (random.nextInt(3) > 0) return null;
        Duration ttl = times && random.nextBoolean() ? Duration.ofMillis(1 + random.nextInt(1_500)) : null;
        boolean extend = ttl != null && random.nextBoolean();
        boolean replace = alone && random.nextBoolean();
        boolean keepLast = alone && !isChild && random.nextInt(3) == 0;
        return new Deduplication(id(), ttl, extend, replace, keepLast);
    }
}
