package dev.aurochs.queue.internal;

import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.LeaseToken;
import dev.aurochs.queue.spi.Claimed;
import dev.aurochs.queue.spi.Claimed.Rest;
import dev.aurochs.queue.spi.ClaimedJob;
import dev.aurochs.queue.spi.SettledThenClaimed;
import dev.aurochs.queue.spi.Settlement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of a worker that talks to its session: settles what has ended, claims for as many slots as are
 * free in the same call, hands out what it got, and waits when there is nothing (rules W1–W3).
 *
 * <p>Nothing but {@link #stop} ends it: what could not be settled is kept, and it tries again after a while (rules W9,
 * W15).
 */
final class ClaimLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ClaimLoop.class);
    private static final int MOST_PER_CLAIM = 256;
    private static final int MOST_PER_SETTLE = 1_000;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);

    private final WorkerSetup setup;
    private final Attached worker;
    private final Settler settler;
    private final Predicate<Run> launch;
    private final LostClaims lost;
    private final HandOver handOver;
    private final ClaimRest rest = new ClaimRest();
    private final ReconnectDelay reconnect = new ReconnectDelay();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private long claims;
    private boolean resting;
    private volatile boolean paused;

    /** @param launch begins a run; false when nobody would run it at present */
    ClaimLoop(Attached worker, Settler settler, Predicate<Run> launch) {
        this.setup = worker.setup();
        this.worker = worker;
        this.settler = settler;
        this.launch = launch;
        this.lost = new LostClaims(worker);
        this.handOver = new HandOver(worker.session());
    }

    void setPaused(boolean paused) {
        this.paused = paused;
        worker.bell().ring();
    }

    /** Ends the loop once everything handed over has been settled, or could not be. */
    void stop() {
        stopped.countDown();
        worker.bell().ring();
    }

    @Override
    public void run() {
        try {
            while (goesOn()) {}
        } finally {
            setup.slots().leave(this);
        }
    }

    private boolean goesOn() {
        try {
            return round();
        } catch (InterruptedException foreign) {
            LOG.error("the claim loop of queue '{}' was interrupted by somebody; it goes on", setup.queue());
            setup.troubles().tell(foreign);
            return true;
        }
    }

    /** One turn and the wait that follows; false when there is to be no other. */
    private boolean round() throws InterruptedException {
        worker.bell().hush();
        boolean last = stopped.getCount() == 0;
        Throwable unstored = settler.takeTrouble();
        if (unstored != null) return !last && backOff(unstored);
        List<Ending> batch = settler.take(MOST_PER_SETTLE);
        int slots = takeSlots(!batch.isEmpty());
        boolean turned = false;
        try {
            Rest left = turn(batch, slots);
            turned = true;
            if (settler.stores()) reconnect.succeeded();
            if (last) return !(batch.isEmpty() && settler.isEmpty());
            if (settler.isEmpty()) await(left, slots > 0);
            return true;
        } catch (BackendUnavailableException away) {
            if (!turned) settler.putBack(batch);
            return !last && backOff(away);
        } catch (RuntimeException | Error broken) {
            LOG.error("the claim loop of queue '{}' failed; it tries again", setup.queue(), broken);
            if (!turned) settler.putBack(batch);
            return !last && backOff(broken);
        }
    }

    private boolean backOff(Throwable trouble) throws InterruptedException {
        setup.troubles().tell(trouble);
        reconnect.pauseAfter(trouble, setup.queue().value(), stopped);
        return true;
    }

    /**
     * One settle, one claim, or both in one call; answers what the claim left behind.
     *
     * @param slots taken before; what the claim does not use is given back
     */
    Rest turn(List<Ending> batch, int slots) {
        boolean claims = slots > 0 && worker.running().claimBegins();
        int unused = slots;
        try {
            if (!claims) {
                settle(batch);
                return new Rest.Perhaps();
            }
            lost.giveBack();
            Claimed claimed = settleAndClaim(batch, Math.min(slots, MOST_PER_CLAIM));
            handOver.claimed();
            unused = slots - claimed.jobs().size();
            for (ClaimedJob job : claimed.jobs())
                if (!launch.test(new Run(job, worker.session()))) rest.afterRejection();
            claimed.bad().forEach(bad -> LOG.error("put aside job {}: {}", bad.job(), bad.problem()));
            return claimed.rest();
        } finally {
            if (claims) worker.running().claimEnded();
            if (unused > 0) setup.slots().release(unused);
        }
    }

    private void settle(List<Ending> batch) {
        if (batch.isEmpty()) return;
        settler.watch(
                batch, worker.session().settle(settlements(batch), setup.time().instant()));
    }

    private Claimed settleAndClaim(List<Ending> batch, int most) {
        LeaseToken fresh = freshToken();
        boolean answered = false;
        try {
            Claimed claimed = settleAndClaim(batch, most, fresh);
            answered = true;
            return claimed;
        } catch (BackendUnavailableException away) {
            answered = !away.outcomeUnknown();
            throw away;
        } finally {
            if (!answered) lost.add(fresh);
        }
    }

    private Claimed settleAndClaim(List<Ending> batch, int most, LeaseToken fresh) {
        Instant now = setup.time().instant();
        if (batch.isEmpty()) return worker.session().claim(most, fresh, now);
        SettledThenClaimed both = worker.session().settleAndClaim(settlements(batch), most, fresh, now);
        settler.watch(batch, both.settled());
        return both.claimed();
    }

    private static List<Settlement> settlements(List<Ending> batch) {
        List<Settlement> settlements = new ArrayList<>(batch.size());
        for (Ending ending : batch) settlements.add(ending.settlement());
        return settlements;
    }

    /** Who may not claim stands in no line, so that others who share the slots do not wait for it. */
    private int takeSlots(boolean somethingEnded) {
        resting = rest.isOn(somethingEnded);
        if (mayNotClaim() || resting) {
            setup.slots().leave(this);
            return 0;
        }
        return setup.slots().take(this, MOST_PER_CLAIM, worker.bell()::ring);
    }

    private boolean mayNotClaim() {
        return paused || worker.running().isShut();
    }

    private void await(Rest left, boolean asked) throws InterruptedException {
        if (!asked) {
            worker.bell()
                    .await(resting ? rest.left().orElse(Duration.ZERO) : handOver.unable(!mayNotClaim(), LONGEST_WAIT));
        } else if (!(left instanceof Rest.Perhaps)) {
            Duration most = ClaimRest.untilNext(left, setup.time().instant()).orElse(LONGEST_WAIT);
            if (!(left instanceof Rest.Nothing)) rest.afterRefusal(most);
            worker.bell().awaitWork(most.compareTo(LONGEST_WAIT) < 0 ? most : LONGEST_WAIT);
            handOver.waited();
        }
    }

    private LeaseToken freshToken() {
        claims++;
        return new LeaseToken(setup.profile().session().value() + ":" + claims);
    }
}
