package dev.aurochs.queue.internal;

import dev.aurochs.queue.spi.Outcome;

/** Runs a claimed job and says how it ended. Must not throw. */
@FunctionalInterface
public interface Runner {
    Outcome run(Run run);
}
