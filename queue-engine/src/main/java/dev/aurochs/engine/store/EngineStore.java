package dev.aurochs.engine.store;

import dev.aurochs.queue.spi.Flaw;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What the engine needs of a store. Thread-safe.
 *
 * <p>Failures are {@link dev.aurochs.queue.job.BackendUnavailableException}s that say whether the step was applied.
 */
public interface EngineStore extends AutoCloseable {
    /**
     * Runs a step alone, then applies all its writes or, when it throws, none of them. Returns without waiting for the
     * writes to be safe.
     */
    <T> Written<T> write(Function<Rows, T> step);

    /**
     * Runs a look that sees whole steps only as far as it reads single rows; it must not depend on several agreeing.
     */
    <T> T read(Function<RowReads, T> look);

    /** Grows by one with every opening of the store. */
    long ownerEpoch();

    /** The part of a self-check that concerns rows and places. No step runs meanwhile. */
    default void check(boolean repair, Consumer<Flaw> found) {}

    /** Idempotent; makes everything safe first. */
    @Override
    void close();
}
