package dev.aurochs.queue.internal;

import dev.aurochs.queue.job.BackendUnavailableException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The loops of one worker, wired together: claim and settle, run, renew, sweep. */
public final class WorkerLoops {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerLoops.class);
    /** How long a handler that was told to stop may take to return before its job is settled without it. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Duration patience;
    private final Attached worker;
    private final WorkerSetup setup;
    private final Launcher launcher;
    private final ClaimLoop claims;
    private final Thread claimThread;
    private final PeriodicLoop keeper;
    private final PeriodicLoop sweeper;

    public WorkerLoops(WorkerSetup setup) {
        this(setup, PATIENCE);
    }

    WorkerLoops(WorkerSetup setup, Duration patience) {
        this.setup = setup;
        this.patience = patience;
        String queue = setup.queue().value();
        worker = Attached.to(setup);
        Settler settler = new Settler(worker);
        launcher = new Launcher(worker, settler, patience, new TimerWatchdog(queue));
        claims = new ClaimLoop(worker, settler, launcher::launch);
        claimThread = Threads.named(queue, "claim", 1, false, claims);
        LeaseKeeper leases = new LeaseKeeper(worker, launcher::awaitEnd);
        keeper = new PeriodicLoop(setup, "lease", setup.profile().lease().dividedBy(2), leases::runOnce);
        StalledSweeper stalled = new StalledSweeper(setup);
        sweeper = new PeriodicLoop(setup, "sweep", setup.profile().sweepEvery(), stalled::runOnce);
    }

    /** Recovers what a dead owner left behind, then begins to claim. */
    public void start() {
        try {
            new StalledSweeper(setup).runOnce();
        } catch (BackendUnavailableException away) {
            LOG.warn("queue '{}': {}; stalled jobs are looked for later", setup.queue(), away.getMessage());
            setup.troubles().tell(away);
        }
        keeper.start();
        sweeper.start();
        claimThread.start();
        LOG.info("worker '{}' started on queue '{}'", setup.profile().name(), setup.queue());
    }

    public void setPaused(boolean paused) {
        claims.setPaused(paused);
    }

    /** Looks for work now: the clock was moved. */
    public void nudge() {
        worker.bell().ring();
    }

    public void resize(int capacity) {
        setup.slots().resize(capacity);
        worker.session().resize(capacity);
        nudge();
    }

    public int runningJobs() {
        return worker.running().count();
    }

    /** No claim begins after this; running jobs go on. */
    public void stopClaiming() {
        worker.running().shut();
        worker.bell().ring();
    }

    /**
     * Stops claiming, waits up to {@code grace} for running jobs, then interrupts the rest and gives them back as
     * their handlers return (at the latest after 10 s), then stops renewing. An interrupt of the calling thread
     * ends the grace, a second one the wait for handlers. When it returns, everything that could be settled is, and
     * no thread of the loops is left.
     *
     * @return true when all running jobs ended by themselves
     */
    public boolean close(Duration grace) {
        Closer closer = new Closer(worker.running());
        boolean ended = false;
        try {
            stopClaiming();
            ended = closer.awaitNone(grace);
            if (!ended) giveBackAll(closer);
        } finally {
            claims.stop();
            closer.join(claimThread, PATIENCE);
            sweeper.stop();
            closer.join(sweeper.thread(), PATIENCE);
            keeper.stop();
            closer.join(keeper.thread(), PATIENCE);
            launcher.close();
            worker.closeSession();
            closer.restoreInterrupt();
        }
        LOG.info("worker '{}' stopped on queue '{}'", setup.profile().name(), setup.queue());
        return ended;
    }

    private void giveBackAll(Closer closer) {
        launcher.stopAll();
        if (closer.awaitNone(patience)) return;
        launcher.giveUpAll();
        closer.awaitNone(patience.dividedBy(2));
    }
}
