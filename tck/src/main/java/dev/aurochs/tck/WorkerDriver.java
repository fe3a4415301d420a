package dev.aurochs.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.Lease;
import dev.aurochs.queue.job.LeaseToken;
import dev.aurochs.queue.spi.Claimed;
import dev.aurochs.queue.spi.ClaimedJob;
import dev.aurochs.queue.spi.Renewed;
import dev.aurochs.queue.spi.Report;
import dev.aurochs.queue.spi.Reported;
import dev.aurochs.queue.spi.Settled;
import dev.aurochs.queue.spi.SettledThenClaimed;
import dev.aurochs.queue.spi.Settlement;
import dev.aurochs.queue.spi.WorkSession;
import dev.aurochs.queue.spi.WorkerProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A worker without threads: claims when told to, puts the next run of a schedule with an interval in place, fails unrun
 * what must not run (as the portable layer does both), and hands the rest to the spec as {@link Run}s.
 */
public final class WorkerDriver implements AutoCloseable {
    private static final int PATIENCE = 50;

    private final QueueDriver driver;
    private final WorkSession session;
    private final WorkerProfile profile;
    private final List<Run> open = new ArrayList<>();
    private Claimed.Rest rest = new Claimed.Rest.Perhaps();

    WorkerDriver(QueueDriver driver, WorkSession session, WorkerProfile profile) {
        this.driver = driver;
        this.session = session;
        this.profile = profile;
    }

    /** Claims up to {@code max} jobs, fewer when there are no more. */
    public List<Run> claim(int max) {
        assertThat(open.size() + max)
                .as("jobs at once (the spec's worker needs capacity)")
                .isLessThanOrEqualTo(profile.capacity());
        for (int tries = 0; tries < PATIENCE; tries++) {
            Claimed claimed = session.claim(max, LeaseToken.random(), time().now());
            List<Run> runs = accept(claimed, max);
            if (!runs.isEmpty()) return runs;
            if (claimed.jobs().isEmpty() && !(rest instanceof Claimed.Rest.Perhaps)) return runs;
            if (claimed.jobs().isEmpty()) pause();
        }
        return List.of();
    }

    /** The next job, if there is one. */
    public Optional<Run> next() {
        return claim(1).stream().findFirst();
    }

    /** The next job is this one. */
    public Run expect(String name) {
        Run run = awaitSome(1).stream()
                .findFirst()
                .orElseThrow(() -> new AssertionError("expected '" + name + "', but nothing came: " + rest));
        assertThat(run.name()).as("the job claimed next").isEqualTo(name);
        return run;
    }

    /** As {@link #claim}, but waits for one where a broker hands jobs out: they may be on their way for a moment. */
    public List<Run> awaitSome(int max) {
        List<Run> runs = claim(max);
        for (int tries = 0; runs.isEmpty() && isHandedOut() && tries < PATIENCE; tries++) {
            pause();
            runs = claim(max);
        }
        return runs;
    }

    /**
     * A claim answers these and no other, though it asks for one more; in any order. Where a broker hands jobs out,
     * they may come in several claims.
     */
    public List<Run> expectAll(String... names) {
        int most = names.length + 1;
        List<Run> runs = new ArrayList<>(claim(most));
        for (int tries = 0; runs.size() < names.length && isHandedOut() && tries < names.length; tries++)
            runs.addAll(awaitSome(most - runs.size()));
        assertThat(runs).extracting(Run::name).as("the jobs claimed next").containsExactlyInAnyOrder(names);
        return runs;
    }

    /**
     * The next job is this one, and it comes at that moment, not before. Where a broker hands jobs out in real time, it
     * is asked for all the time until then.
     */
    public Run expectFrom(Instant due, String name) {
        Duration left = Duration.between(time().now(), due);
        boolean asksUntilThen = isHandedOut() && !time().isVirtual();
        if (!asksUntilThen && !left.isNegative()) time().pass(left);
        Run run = expect(name);
        assertThat(time().now()).as("when '%s' came", name).isAfterOrEqualTo(due);
        return run;
    }

    /** These are the next jobs, in this order; each is completed before the next is claimed. */
    public void expectRuns(String... names) {
        for (String name : names) expect(name).complete();
    }

    /** There is nothing that could be run now. */
    public void expectNothing() {
        List<String> names = claim(1).stream().map(Run::name).toList();
        assertThat(names).as("claimable jobs").isEmpty();
    }

    /** Why the latest claim did not answer more. */
    public Claimed.Rest rest() {
        return rest;
    }

    /** Settles in this order; one answer each. */
    public List<Settled> settle(List<Settlement> batch) {
        return heard(
                batch,
                session.settle(batch, time().now()).stream().map(Stages::answer).toList());
    }

    /** Settles and claims in one call. */
    public SettledThenRuns settleAndClaim(List<Settlement> batch, int max) {
        SettledThenClaimed both = session.settleAndClaim(batch, max, LeaseToken.random(), time().now());
        List<Settled> settled =
                heard(batch, both.settled().stream().map(Stages::answer).toList());
        return new SettledThenRuns(settled, accept(both.claimed(), max));
    }

    /** The two answers of {@link #settleAndClaim}. */
    public record SettledThenRuns(List<Settled> settled, List<Run> runs) {}

    public List<Renewed> renew(List<Lease> leases) {
        return session.renew(leases, time().now());
    }

    public List<Reported> report(List<Report> batch) {
        return session.report(batch, time().now());
    }

    public WorkSession session() {
        return session;
    }

    public WorkerProfile profile() {
        return profile;
    }

    /** Leaves what it runs to the next sweep. */
    @Override
    public void close() {
        open.clear();
        session.close();
    }

    List<Run> open() {
        return List.copyOf(open);
    }

    TestTime time() {
        return driver.time();
    }

    String nameOf(JobRef job) {
        return driver.nameOf(job);
    }

    /** Leases of one session may live and die together, so none of them is counted on any more. */
    void forgetLostLeases() {
        open.clear();
    }

    private boolean isHandedOut() {
        return driver.backend().info().traits().readAhead() > 0;
    }

    private List<Run> accept(Claimed claimed, int max) {
        rest = claimed.rest();
        assertThat(claimed.bad()).as("records that could not be read").isEmpty();
        assertThat(claimed.jobs()).as("jobs of a claim of %s", max).hasSizeLessThanOrEqualTo(max);
        List<Run> runs = new ArrayList<>();
        for (ClaimedJob job : claimed.jobs()) {
            if (job.record().body().schedule() != null) {
                driver.ledger()
                        .alreadyThere(job.record().id().value(), job.record().ref());
                session.chain(job.lease(), Optional.empty(), time().now());
            }
            if (!driver.missing().isEmpty())
                driver.ledger()
                        .alreadyThere(job.record().id().value(), job.record().ref());
            assertThat(driver.ledger().knows(job.record().ref()))
                    .as("'%s' was claimed, but never acknowledged", job.record().name())
                    .isTrue();
            Optional<String> unrun = Unrun.reason(job.record(), time().now());
            Run run = new Run(this, job);
            open.add(run);
            if (unrun.isPresent()) run.fail(unrun.get());
            else runs.add(run);
        }
        return runs;
    }

    private List<Settled> heard(List<Settlement> batch, List<Settled> answers) {
        assertThat(answers).as("answers to %s settlements", batch.size()).hasSameSizeAs(batch);
        for (int i = 0; i < answers.size(); i++) {
            if (!(answers.get(i) instanceof Settled.Done)) continue;
            Lease lease = batch.get(i).lease();
            open.removeIf(run -> run.lease().equals(lease));
            if (Unrun.ends(batch.get(i).outcome())) driver.finished(lease.job());
        }
        return answers;
    }

    private void pause() {
        try {
            session.awaitWork(time().isVirtual() ? time().unit().dividedBy(1_000) : time().unit());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for work", interrupted);
        }
    }
}
