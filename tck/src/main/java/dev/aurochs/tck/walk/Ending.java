package dev.aurochs.tck.walk;

import dev.aurochs.queue.job.Failure;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.spi.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** How a walk ends a run: which of a worker's leases, and how. */
record Ending(int lease, Kind kind, int millis) {
    enum Kind {
        COMPLETE,
        FAIL,
        RETRY,
        POSTPONE,
        GIVE_BACK,
        HOLD,
        AWAIT_CHILDREN
    }

    Outcome outcome(Instant now) {
        return switch (kind) {
            case COMPLETE -> new Outcome.Completed(new Json(Integer.toString(millis)));
            case FAIL -> new Outcome.Failed("broke " + millis, List.of(Failure.of("broke " + millis, now)));
            case RETRY ->
                new Outcome.Retry(
                        now.plusMillis(millis),
                        "again",
                        List.of(Failure.of("first", now), Failure.of("again " + millis, now)));
            case POSTPONE -> new Outcome.Postponed(now.plusMillis(millis));
            case GIVE_BACK -> new Outcome.GivenBack();
            case HOLD -> new Outcome.RateLimited(Duration.ofMillis(millis));
            case AWAIT_CHILDREN -> new Outcome.AwaitChildren();
        };
    }
}
