package dev.aurochs.queue.internal;

import dev.aurochs.queue.job.Lease;
import dev.aurochs.queue.job.StopReason;
import dev.aurochs.queue.spi.ClaimedJob;
import dev.aurochs.queue.spi.WorkSession;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One run of one claimed job, from its claim until its end is settled. Thread-safe. */
public final class Run {
    private final ClaimedJob claimed;
    private final WorkSession session;
    private final AtomicReference<@Nullable StopReason> stop = new AtomicReference<>();
    private volatile @Nullable String stopReason;
    private @Nullable Thread runner;
    private boolean ended;
    private boolean settled;

    Run(ClaimedJob claimed, WorkSession session) {
        this.claimed = claimed;
        this.session = session;
    }

    public ClaimedJob claimed() {
        return claimed;
    }

    /** The session that holds the lease. */
    public WorkSession session() {
        return session;
    }

    public Lease lease() {
        return claimed.lease();
    }

    /** Why the run is to stop, or null while it may go on. */
    public @Nullable StopReason stopped() {
        return stop.get();
    }

    /** What to tell people about {@link #stopped()}, or null. */
    public @Nullable String stopReason() {
        return stopReason;
    }

    /** Asks the run to stop and interrupts its thread; the first reason wins. */
    boolean stop(StopReason why, String reason) {
        synchronized (this) {
            if (ended || !stop.compareAndSet(null, why)) return false;
            stopReason = reason;
            if (runner != null) runner.interrupt();
            return true;
        }
    }

    /**
     * The present thread runs the job from now on and is interrupted when the run is to stop. False when it is to
     * stop already: then the job must not be run.
     */
    synchronized boolean begin() {
        if (stop.get() != null) return false;
        runner = Thread.currentThread();
        return true;
    }

    /** True while or after a thread ran the job. */
    synchronized boolean hasBegun() {
        return runner != null || ended;
    }

    /** The processor has returned; no interrupt meant for it is left behind. */
    synchronized void end() {
        runner = null;
        ended = true;
        Thread.interrupted();
    }

    /** True for the first caller: the one that settles this run. */
    synchronized boolean takeSettling() {
        if (settled) return false;
        settled = true;
        return true;
    }

    /** True when the run's end was decided; what its processor does now comes too late. */
    public synchronized boolean isOver() {
        return settled;
    }
}
