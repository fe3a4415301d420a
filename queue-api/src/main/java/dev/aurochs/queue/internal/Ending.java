package dev.aurochs.queue.internal;

import dev.aurochs.queue.spi.Outcome;
import dev.aurochs.queue.spi.Settlement;

/** A run's end on its way to the store. */
record Ending(Run run, Settlement settlement) {
    static Ending of(Run run, Outcome outcome) {
        return new Ending(run, new Settlement(run.lease(), outcome));
    }
}
