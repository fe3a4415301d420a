package dev.aurochs.tck;

import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.Lease;
import dev.aurochs.queue.job.LeaseToken;
import dev.aurochs.queue.job.Page;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.spi.Claimed;
import dev.aurochs.queue.spi.QueueBackend;
import dev.aurochs.queue.spi.Renewed;
import dev.aurochs.queue.spi.Report;
import dev.aurochs.queue.spi.Reported;
import dev.aurochs.queue.spi.Schedules.Chained;
import dev.aurochs.queue.spi.Settled;
import dev.aurochs.queue.spi.SettledThenClaimed;
import dev.aurochs.queue.spi.Settlement;
import dev.aurochs.queue.spi.WorkSession;
import dev.aurochs.queue.spi.WorkerProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** A session that attaches again under the same id when the backend was reopened, and knows what it holds. */
final class ReopeningSession implements WorkSession {
    private final QueueName queue;
    private final WorkerProfile profile;
    private final Runnable touch;
    private final Set<Lease> held = ConcurrentHashMap.newKeySet();
    private volatile WorkSession current;
    private volatile boolean closed;

    ReopeningSession(QueueName queue, WorkerProfile profile, QueueBackend backend, Runnable touch) {
        this.queue = queue;
        this.profile = profile;
        this.touch = touch;
        this.current = backend.attach(queue, profile);
    }

    boolean holdsLeases() {
        return !held.isEmpty();
    }

    void attachTo(QueueBackend backend) {
        if (!closed) current = backend.attach(queue, profile);
    }

    @Override
    public Claimed claim(int max, LeaseToken fresh, Instant now) {
        return taken(current.claim(max, fresh, now));
    }

    @Override
    public SettledThenClaimed settleAndClaim(List<Settlement> batch, int max, LeaseToken fresh, Instant now) {
        SettledThenClaimed both = current.settleAndClaim(batch, max, fresh, now);
        return new SettledThenClaimed(ended(batch, both.settled()), taken(both.claimed()));
    }

    @Override
    public List<CompletionStage<Settled>> settle(List<Settlement> batch, Instant now) {
        return ended(batch, current.settle(batch, now));
    }

    @Override
    public List<Renewed> renew(List<Lease> leases, Instant now) {
        return current.renew(leases, now);
    }

    @Override
    public List<Reported> report(List<Report> batch, Instant now) {
        touch.run();
        return current.report(batch, now);
    }

    @Override
    public Chained chain(Lease scheduled, Optional<Instant> nextAt, Instant now) {
        touch.run();
        return current.chain(scheduled, nextAt, now);
    }

    @Override
    public Page<Child> children(Lease parent, PageRequest page) {
        return current.children(parent, page);
    }

    @Override
    public void awaitWork(Duration atMost) throws InterruptedException {
        current.awaitWork(atMost);
    }

    @Override
    public void wake() {
        current.wake();
    }

    @Override
    public void passOn() {
        current.passOn();
    }

    @Override
    public void resize(int capacity) {
        current.resize(capacity);
    }

    /** What it held is abandoned, as a reopening would abandon it. */
    @Override
    public void close() {
        closed = true;
        held.clear();
        current.close();
    }

    private Claimed taken(Claimed claimed) {
        touch.run();
        claimed.jobs().forEach(job -> held.add(job.lease()));
        return claimed;
    }

    private List<CompletionStage<Settled>> ended(List<Settlement> batch, List<CompletionStage<Settled>> stages) {
        touch.run();
        for (int i = 0; i < batch.size(); i++) {
            if (Stages.answer(stages.get(i)) instanceof Settled.Done)
                held.remove(batch.get(i).lease());
        }
        return stages;
    }
}
