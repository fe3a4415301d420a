package dev.aurochs.tck.spec;

import dev.aurochs.queue.spi.Traits.AckLevel;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.Rule;
import dev.aurochs.tck.walk.ApiProjectionWalk;
import dev.aurochs.tck.walk.Walk;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** As {@link WalkSpec}, through the public API. With the tag {@code api-walk}. */
@Tag("api-walk")
public abstract class ApiWalkSpec {
    private static final long DEFAULT_SEED = 20_270_101;
    private static final long STEPS_IN_MEMORY = 20_000;
    private static final long STEPS_ON_DISK = 1_500;
    private static final long STEPS_BY_PROJECTION = 300;

    @Rule({"W15", "A1", "A3", "C1", "D3", "P2", "R1", "R2", "F2", "S1", "L6", "K17", "E2", "V2", "V4"})
    @DisplayName("W15: on a random walk through the public API everything is as on the list model")
    @Test
    void walk(QueueDriver q) {
        long seed = Long.getLong("aurochs.walk.seed", DEFAULT_SEED);
        if (!Walk.isExact(q.backend().info())) {
            ApiProjectionWalk.over(q.backend(), q.time())
                    .go(seed, Long.getLong("aurochs.walk.steps", STEPS_BY_PROJECTION));
            return;
        }
        boolean inMemory = q.backend().info().traits().addAck() == AckLevel.MEMORY;
        long steps = Long.getLong("aurochs.walk.steps", inMemory ? STEPS_IN_MEMORY : STEPS_ON_DISK);
        Walk.overApi(q.backend()).go(seed, steps);
    }
}
