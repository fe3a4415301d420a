package dev.aurochs.queue.spi;

import java.time.Instant;
import java.util.function.Consumer;

/** What a store keeps twice for speed (counts, indexes, families), compared with the jobs themselves. Thread-safe. */
public interface SelfCheck {
    /**
     * Reads every row once and shows each flaw as it is found; nothing shown means that all agree. Other callers wait
     * meanwhile, so this is for a store that nobody works on.
     *
     * @param repair true to put right what can be; it is safe when this returns
     * @throws dev.aurochs.queue.job.BackendCorruptException when the store's own files are damaged
     */
    void check(boolean repair, Instant now, Consumer<Flaw> found);
}
