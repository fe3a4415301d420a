package dev.aurochs.memory;

import dev.aurochs.engine.store.EngineStore;
import dev.aurochs.engine.store.RowReads;
import dev.aurochs.engine.store.Rows;
import dev.aurochs.engine.store.Written;
import dev.aurochs.queue.job.BackendUnavailableException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** Rows in the heap under one lock; every step is safe at once. */
final class MemoryStore implements EngineStore {
    private final ReentrantLock lock = new ReentrantLock();
    private final UndoLog undo = new UndoLog();
    private final MemoryRows rows = new MemoryRows(undo);
    private boolean closed;

    @Override
    public <T> Written<T> write(Function<Rows, T> step) {
        lock.lock();
        boolean done = false;
        try {
            requireOpen();
            T answer = step.apply(rows);
            done = true;
            return new Written<>(answer, CompletableFuture.completedFuture(null));
        } finally {
            if (done) undo.forget();
            else undo.undo();
            lock.unlock();
        }
    }

    @Override
    public <T> T read(Function<RowReads, T> look) {
        lock.lock();
        try {
            requireOpen();
            return look.apply(rows);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long ownerEpoch() {
        return 1;
    }

    @Override
    public void close() {
        lock.lock();
        closed = true;
        lock.unlock();
    }

    private void requireOpen() {
        if (closed)
            throw new BackendUnavailableException(
                    "the memory backend is closed", BackendUnavailableException.Outcome.NOT_APPLIED, null);
    }
}
