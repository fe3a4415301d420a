package dev.aurochs.tck.spec;

import dev.aurochs.queue.spi.Traits.AckLevel;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.Rule;
import dev.aurochs.tck.walk.ProjectionWalk;
import dev.aurochs.tck.walk.Walk;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Everything at once, in no particular order. With the tag {@code walk}, so that it can be run alone. */
@Tag("walk")
public abstract class WalkSpec {
    private static final long DEFAULT_SEED = 20_270_101;
    private static final long STEPS_IN_MEMORY = 200_000;
    private static final long STEPS_ON_DISK = 5_000;
    private static final long STEPS_BY_PROJECTION = 300;

    @Rule({"A1", "A3", "A6", "C1", "C6", "D3", "P2", "R1", "F2", "S1", "L1", "L4", "K12", "E2", "V2", "V4"})
    @DisplayName("A1: on a random walk every answer, list and event is that of the list model")
    @Test
    void walk(QueueDriver q) {
        long seed = Long.getLong("aurochs.walk.seed", DEFAULT_SEED);
        if (!Walk.isExact(q.backend().info())) {
            ProjectionWalk.over(q.backend(), q.time())
                    .go(seed, Long.getLong("aurochs.walk.steps", STEPS_BY_PROJECTION));
            return;
        }
        boolean inMemory = q.backend().info().traits().addAck() == AckLevel.MEMORY;
        long steps = Long.getLong("aurochs.walk.steps", inMemory ? STEPS_IN_MEMORY : STEPS_ON_DISK);
        Walk.over(q.backend()).go(seed, steps);
    }
}
