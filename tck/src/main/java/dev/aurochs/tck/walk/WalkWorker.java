package dev.aurochs.tck.walk;

import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.Lease;
import dev.aurochs.queue.job.LeaseToken;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.RateLimit;
import dev.aurochs.queue.job.Retention;
import dev.aurochs.queue.job.SessionId;
import dev.aurochs.queue.job.WrongStateException;
import dev.aurochs.queue.spi.Claimed;
import dev.aurochs.queue.spi.Report;
import dev.aurochs.queue.spi.Schedules.Chained;
import dev.aurochs.queue.spi.SettledThenClaimed;
import dev.aurochs.queue.spi.Settlement;
import dev.aurochs.queue.spi.WorkSession;
import dev.aurochs.queue.spi.WorkerProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A worker of a walk: remembers its latest leases, also lost ones, and uses them. */
final class WalkWorker {
    private static final int REMEMBERED = 6;
    static final Duration FOR_EVER = Duration.ofHours(12);
    static final Retention[] COMPLETED = {
        Retention.newest(2), Retention.none(), Retention.all(), Retention.youngerThan(Duration.ofMillis(500))
    };
    static final Retention[] FAILED = {
        Retention.all(), Retention.newest(3), Retention.none(), new Retention(1, Duration.ofSeconds(5), 1)
    };

    private final Side side;
    private final int number;
    private final QueueName queue;
    private final List<Lease> leases = new ArrayList<>();
    private WorkerProfile profile;
    private WorkSession session;
    private int restarts;
    private int claims;

    WalkWorker(Side side, int number) {
        this.side = side;
        this.number = number;
        this.queue = side.queue(number);
        profile = profile();
        session = side.backend().attach(queue, profile);
    }

    private WorkerProfile profile() {
        Optional<RateLimit> limit = number == 4 && side.scope().expiry()
                ? Optional.of(new RateLimit(3, Duration.ofMillis(400)))
                : Optional.empty();
        return new WorkerProfile(
                new SessionId(side.name() + "-" + number + "-" + restarts),
                "worker" + number,
                3,
                lease(),
                Duration.ofSeconds(1),
                number % 4,
                limit,
                COMPLETED[number % COMPLETED.length],
                FAILED[number % FAILED.length],
                0);
    }

    private Duration lease() {
        if (!side.scope().expiry()) return FOR_EVER;
        return Duration.ofMillis(number % 2 == 0 ? 1_000 : 5_000);
    }

    Claimed claim(int max) {
        return remember(session.claim(max, fresh(), side.now()));
    }

    Object settle(List<Ending> endings) {
        return Side.answers(session.settle(settlements(endings), side.now()));
    }

    Object settleAndClaim(List<Ending> endings, int max) {
        SettledThenClaimed both = session.settleAndClaim(settlements(endings), max, fresh(), side.now());
        return List.of(Side.answers(both.settled()), remember(both.claimed()));
    }

    Object renew() {
        return session.renew(List.copyOf(leases), side.now());
    }

    Object report(int pick, int what) {
        Lease lease = lease(pick);
        if (lease == null) return "";
        if (what % 4 == 3) return children(lease);
        Json text = new Json(Integer.toString(what));
        Report report = what % 4 == 0
                ? new Report.Progress(lease, text)
                : what % 4 == 1 ? new Report.Log(lease, "line " + what) : new Report.Data(lease, text);
        return session.report(List.of(report), side.now());
    }

    Object chain(int pick, int laterMillis) {
        Lease lease = lease(pick);
        if (lease == null) return "";
        Optional<Instant> next =
                laterMillis == 0 ? Optional.empty() : Optional.of(side.now().plusMillis(laterMillis));
        Chained answer = session.chain(lease, next, side.now());
        if (answer instanceof Chained.Next run) side.remember(new JobRef(queue, run.job()));
        return answer;
    }

    private Object children(Lease lease) {
        try {
            return session.children(lease, PageRequest.first(1_000)).items();
        } catch (WrongStateException lost) {
            return "lost";
        }
    }

    /**
     * Goes away without a word and comes back as another session. It keeps what it knew, where leases run out by the
     * caller's clock; whether an abandoned lease still settles before the next sweep is open (C13).
     */
    void restart() {
        session.close();
        if (!side.scope().expiry()) leases.clear();
        restarts++;
        profile = profile();
        session = side.backend().attach(queue, profile);
    }

    Object recover() {
        return side.backend().recoverStalled(queue, profile, side.now());
    }

    void close() {
        session.close();
    }

    @Nullable
    Lease lease(int pick) {
        return leases.isEmpty() ? null : leases.get(pick % leases.size());
    }

    private List<Settlement> settlements(List<Ending> endings) {
        List<Settlement> batch = new ArrayList<>();
        for (Ending ending : endings) {
            Lease lease = lease(ending.lease());
            if (lease != null) batch.add(new Settlement(lease, ending.outcome(side.now())));
        }
        return batch;
    }

    private Claimed remember(Claimed claimed) {
        claimed.jobs().forEach(job -> {
            leases.add(0, job.lease());
            side.remember(job.lease().job());
        });
        if (leases.size() > REMEMBERED)
            leases.subList(REMEMBERED, leases.size()).clear();
        return claimed;
    }

    private LeaseToken fresh() {
        return new LeaseToken(side.name() + "-" + number + "-" + ++claims);
    }
}
