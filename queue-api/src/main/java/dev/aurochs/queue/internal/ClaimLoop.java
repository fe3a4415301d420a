package dev.aurochs.queue.internal;

import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.LeaseToken;
import dev.aurochs.queue.spi.Claimed;
import dev.aurochs.queue.spi.Claimed.Rest;
import dev.aurochs.queue.spi.ClaimedJob;
import dev.aurochs.queue.spi.SettledThenClaimed;
import dev.aurochs.queue.spi.Settlement;
import dev.aurochs.queue.spi.WorkSession;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of a worker that talks to its session: settles what has ended, claims for as many slots as are free in
 * the same call, hands out what it got, and waits when there is nothing (rules W1–W3).
 */
final class ClaimLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ClaimLoop.class);
    private static final int MOST_PER_CLAIM = 256;
    private static final int MOST_PER_SETTLE = 1_000;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(1);

    /** A run's end on its way to the store. */
    record Ending(Run run, Settlement settlement) {}

    private final WorkerSetup setup;
    private final WorkSession session;
    private final Settler settler;
    private final Consumer<Run> start;
    private final ConcurrentLinkedQueue<Ending> endings = new ConcurrentLinkedQueue<>();
    private final Semaphore nudges = new Semaphore(0);
    private final AtomicLong claims = new AtomicLong();
    private final AtomicBoolean waitsForWork = new AtomicBoolean();
    private final ReconnectDelay reconnect = new ReconnectDelay();
    private volatile boolean claiming = true;
    private volatile boolean paused;
    private volatile boolean stopped;

    ClaimLoop(WorkerSetup setup, WorkSession session, Settler settler, Consumer<Run> start) {
        this.setup = setup;
        this.session = session;
        this.settler = settler;
        this.start = start;
    }

    /** Hands over a run's end. */
    void settle(Ending ending) {
        endings.add(ending);
        nudge();
    }

    /** Makes the loop look again now. */
    void nudge() {
        nudges.release();
        if (waitsForWork.get()) session.wake();
    }

    void setPaused(boolean paused) {
        this.paused = paused;
        if (paused) setup.slots().leave(this);
        nudge();
    }

    /** No claim begins after this. */
    void stopClaiming() {
        claiming = false;
        setup.slots().leave(this);
        nudge();
    }

    /** Ends the loop once everything handed over has been settled. */
    void stop() {
        stopped = true;
        nudge();
    }

    @Override
    public void run() {
        while (true) {
            boolean lastRound = stopped;
            nudges.drainPermits();
            List<Ending> batch = takeEndings();
            int slots = takeSlots();
            try {
                Rest rest = turn(batch, slots);
                reconnect.succeeded();
                if (endings.isEmpty()) {
                    if (lastRound && batch.isEmpty()) return;
                    if (!lastRound) pause(rest, slots > 0);
                }
            } catch (BackendUnavailableException away) {
                endings.addAll(batch);
                if (!reconnect.pauseAfter(away, setup.queue().value(), nudges)) return;
                if (lastRound) return;
            } catch (InterruptedException stop) {
                return;
            } catch (RuntimeException | Error broken) {
                LOG.error("the claim loop of queue '{}' died; close this worker", setup.queue(), broken);
                throw broken;
            }
        }
    }

    /** One settle, one claim, or both in one call; answers what the claim left behind. */
    private Rest turn(List<Ending> batch, int slots) {
        Instant now = setup.time().instant();
        List<Settlement> settlements = new ArrayList<>(batch.size());
        for (Ending ending : batch) settlements.add(ending.settlement());
        int unused = slots;
        try {
            if (slots == 0) {
                if (!batch.isEmpty()) settler.watch(batch, session.settle(settlements, now));
                return new Rest.Perhaps();
            }
            Claimed claimed;
            if (batch.isEmpty()) {
                claimed = session.claim(Math.min(slots, MOST_PER_CLAIM), freshToken(), now);
            } else {
                SettledThenClaimed both =
                        session.settleAndClaim(settlements, Math.min(slots, MOST_PER_CLAIM), freshToken(), now);
                settler.watch(batch, both.settled());
                claimed = both.claimed();
            }
            unused = slots - claimed.jobs().size();
            for (ClaimedJob job : claimed.jobs()) start.accept(new Run(job, session));
            claimed.bad().forEach(bad -> LOG.error("put aside job {}: {}", bad.job(), bad.problem()));
            return claimed.rest();
        } finally {
            if (unused > 0) setup.slots().release(unused);
        }
    }

    private List<Ending> takeEndings() {
        List<Ending> batch = new ArrayList<>();
        Ending ending;
        while (batch.size() < MOST_PER_SETTLE && (ending = endings.poll()) != null) batch.add(ending);
        return batch;
    }

    private int takeSlots() {
        if (!claiming || paused) return 0;
        return setup.slots().take(this, MOST_PER_CLAIM, this::nudge);
    }

    private void pause(Rest rest, boolean hadSlots) throws InterruptedException {
        if (!hadSlots) {
            nudges.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
            return;
        }
        if (rest instanceof Rest.Perhaps) return;
        waitsForWork.set(true);
        try {
            if (nudges.availablePermits() == 0) session.awaitWork(waitFor(rest));
        } finally {
            waitsForWork.set(false);
        }
    }

    private Duration waitFor(Rest rest) {
        Instant until = null;
        if (rest instanceof Rest.Nothing nothing) until = nothing.nextDue().orElse(null);
        if (rest instanceof Rest.Limited limited) until = limited.until().orElse(null);
        if (until == null) return LONGEST_WAIT;
        Duration left = Duration.between(setup.time().instant(), until);
        if (left.compareTo(SHORTEST_WAIT) < 0) return SHORTEST_WAIT;
        return left.compareTo(LONGEST_WAIT) < 0 ? left : LONGEST_WAIT;
    }

    private LeaseToken freshToken() {
        return new LeaseToken(setup.profile().session().value() + ":" + claims.incrementAndGet());
    }
}
