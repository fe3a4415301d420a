package dev.aurochs.queue.spi;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Puts jobs into queues. */
public interface JobIntake {
    /**
     * Adds each unit whole or not at all, independently of the others; in list order where queues overlap.
     *
     * <p>One stage per unit, with one answer per member in member order. A stage completes when the unit has reached
     * the
     * declared ack level; claims may see it earlier, event readers never. A stage may fail with
     * {@link dev.aurochs.queue.job.BackendUnavailableException}. No user code may run on the completing thread.
     */
    List<CompletionStage<List<Added>>> add(List<AddUnit> units, Instant now);
}
