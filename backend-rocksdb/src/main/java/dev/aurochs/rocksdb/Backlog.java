package dev.aurochs.rocksdb;

import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.BackendUnavailableException.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Steps that were done in memory and are on their way to the disk. Steps gather here while the flusher is busy with the
 * ones before, so that one write and one fsync serve them all. Thread-safe.
 *
 * <p>A change moves from {@code pending} to {@code writing} to the database, and can be read at every moment from one
 * of
 * the three when they are asked in this order.
 */
final class Backlog {
    private static final long HEAVY = 8 << 20;

    private final Disk disk;
    /**
     * Held while a batch is written, so that batches arrive in order. Never wait for it holding this object's
     * monitor.
     */
    private final ReentrantLock turn = new ReentrantLock();

    private Changes pending = new Changes();
    private @Nullable Changes writing;
    private List<CompletableFuture<Void>> stages = new ArrayList<>();
    /** True while stages that were taken from here are not complete. */
    private boolean flushing;

    private boolean closing;
    private @Nullable BackendUnavailableException failure;

    Backlog(Disk disk) {
        this.disk = disk;
    }

    /** Takes over a step; the stage completes when it, and all before it, are safe. */
    synchronized CompletionStage<Void> commit(Changes step) {
        if (failure != null) throw refusal(failure);
        boolean idle = stages.isEmpty() && !flushing;
        if (step.isEmpty() && idle) return CompletableFuture.completedFuture(null);
        pending.absorb(step);
        CompletableFuture<Void> stage = new CompletableFuture<>();
        stages.add(stage);
        if (stages.size() == 1) notifyAll();
        return stage;
    }

    /**
     * The newest version of a row that is not in the database yet, empty when deleted; null when the database has it.
     */
    synchronized <K, V> @Nullable Optional<V> find(Function<Changes, Map<K, Optional<V>>> table, K key) {
        Optional<V> row = table.apply(pending).get(key);
        return row == null && writing != null ? table.apply(writing).get(key) : row;
    }

    /** When this returns, the database has everything that was committed before the call. */
    void drain() {
        turn.lock();
        try {
            Changes batch = take();
            if (batch.isEmpty()) return;
            disk.write(batch);
            written();
        } catch (RuntimeException | Error broken) {
            fail(broken);
            throw broken;
        } finally {
            turn.unlock();
        }
    }

    /** Drains when so much has gathered that memory, not the disk, would have to bear it. */
    void relieve() {
        boolean heavy;
        synchronized (this) {
            heavy = pending.weight() > HEAVY;
        }
        if (heavy) drain();
    }

    /** Waits for a commit; false when there will be none any more. Returns after {@code nanos} in any case. */
    synchronized boolean awaitCommit(long nanos) throws InterruptedException {
        long end = System.nanoTime() + nanos;
        while (stages.isEmpty() && !closing && failure == null) {
            long left = end - System.nanoTime();
            if (left <= 0) return true;
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return failure == null && !(closing && stages.isEmpty());
    }

    /** Brings everything committed so far to the disk and completes its stages, in the order of the steps. */
    void flush(boolean sync) {
        List<CompletableFuture<Void>> done = takeStages();
        try {
            drain();
            disk.flush(sync);
        } catch (RuntimeException | Error broken) {
            fail(broken);
            completeExceptionally(done);
            throw broken;
        }
        synchronized (this) {
            flushing = false;
        }
        for (CompletableFuture<Void> stage : done) stage.complete(null);
    }

    /** Ends the waiting of the flusher once everything is flushed. */
    synchronized void close() {
        closing = true;
        notifyAll();
    }

    synchronized @Nullable BackendUnavailableException failure() {
        return failure;
    }

    private synchronized Changes take() {
        if (failure != null) throw refusal(failure);
        Changes batch = pending;
        if (batch.isEmpty()) return batch;
        writing = batch;
        pending = new Changes();
        return batch;
    }

    private synchronized void written() {
        writing = null;
    }

    private synchronized List<CompletableFuture<Void>> takeStages() {
        List<CompletableFuture<Void>> taken = stages;
        stages = new ArrayList<>();
        flushing = true;
        return taken;
    }

    private void fail(Throwable cause) {
        List<CompletableFuture<Void>> lost;
        synchronized (this) {
            if (failure == null)
                failure = new BackendUnavailableException(
                        "the RocksDB store could not write (" + cause.getMessage()
                                + ") and is closed for good; mend the disk, then open it again",
                        Outcome.UNKNOWN,
                        cause);
            lost = stages;
            stages = new ArrayList<>();
            notifyAll();
        }
        completeExceptionally(lost);
    }

    private void completeExceptionally(List<CompletableFuture<Void>> lost) {
        BackendUnavailableException reason = failure();
        if (reason != null) for (CompletableFuture<Void> stage : lost) stage.completeExceptionally(reason);
    }

    private static BackendUnavailableException refusal(BackendUnavailableException failure) {
        return new BackendUnavailableException(failure.getMessage(), Outcome.NOT_APPLIED, failure);
    }
}
