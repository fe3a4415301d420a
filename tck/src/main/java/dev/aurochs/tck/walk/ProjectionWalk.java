package dev.aurochs.tck.walk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.EventPosition;
import dev.aurochs.queue.job.Failure;
import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.Lease;
import dev.aurochs.queue.job.LeaseToken;
import dev.aurochs.queue.job.NewJob;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.Retention;
import dev.aurochs.queue.job.SessionId;
import dev.aurochs.queue.spi.AddUnit;
import dev.aurochs.queue.spi.Added;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.Claimed;
import dev.aurochs.queue.spi.ClaimedJob;
import dev.aurochs.queue.spi.EventReader;
import dev.aurochs.queue.spi.Outcome;
import dev.aurochs.queue.spi.QueueBackend;
import dev.aurochs.queue.spi.Renewed;
import dev.aurochs.queue.spi.Report;
import dev.aurochs.queue.spi.Reported;
import dev.aurochs.queue.spi.Settled;
import dev.aurochs.queue.spi.Settlement;
import dev.aurochs.queue.spi.WorkSession;
import dev.aurochs.queue.spi.WorkerProfile;
import dev.aurochs.tck.TestTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * A random walk over a backend that hands jobs out by itself and cannot be looked into. What every claim, answer and
 * event shows is compared with what must have become of the jobs: each acknowledged one comes, as it was given, to one
 * at a time, never early, and ends once; to a single worker in the order of its level, while nothing was handed back.
 */
public final class ProjectionWalk {
    private static final QueueName QUEUE = QueueName.of("walk");
    private static final int EPISODE = 60;
    private static final int MOST_WORKERS = 3;
    private static final int CAPACITY = 4;
    private static final int LAST_UNITS = 60;

    private final QueueBackend backend;
    private final TestTime time;

    private ProjectionWalk(QueueBackend backend, TestTime time) {
        this.backend = backend;
        this.time = time;
    }

    public static ProjectionWalk over(QueueBackend backend, TestTime time) {
        return new ProjectionWalk(backend, time);
    }

    /** Throws {@link AssertionError} with the seed when something comes otherwise than it must. */
    public void go(long seed, long steps) {
        for (long episode = 0; episode * EPISODE < steps; episode++) {
            try (Episode walk = new Episode(seed + episode)) {
                walk.go();
            } catch (AssertionError parts) {
                throw new AssertionError(
                        backend.info().name() + " parts from what must be; again: -Daurochs.walk.seed="
                                + (seed + episode) + " -Daurochs.walk.steps=" + EPISODE,
                        parts);
            }
        }
    }

    private final class Episode implements AutoCloseable {
        private final Random random;
        private final Map<JobRef, Expected> jobs = new LinkedHashMap<>();
        private final List<WorkSession> sessions = new ArrayList<>();
        private final List<Map<Lease, Expected>> running = new ArrayList<>();
        private final List<Lease> old = new ArrayList<>();
        private final EventReader reader = backend.open(java.util.Set.of(QUEUE), EventPosition.NOW);
        private final Map<Integer, Long> latestOfLevel = new TreeMap<>();
        private final int workers;
        /** What several workers are handed at once may be claimed in any order. */
        private boolean inOrder;

        private long added;

        Episode(long seed) {
            random = new Random(seed);
            workers = seed % 2 == 0 ? 1 : MOST_WORKERS;
            inOrder = workers == 1;
            for (int i = 0; i < workers; i++) {
                sessions.add(attach(i));
                running.add(new LinkedHashMap<>());
            }
        }

        private WorkSession attach(int worker) {
            return backend.attach(
                    QUEUE,
                    new WorkerProfile(
                            SessionId.random(),
                            "worker" + worker,
                            CAPACITY,
                            Duration.ofHours(1),
                            Duration.ofHours(1),
                            Integer.MAX_VALUE,
                            Optional.empty(),
                            Retention.all(),
                            Retention.all(),
                            0));
        }

        void go() {
            for (int step = 0; step < EPISODE; step++) step(random.nextInt(100), random.nextInt(workers));
            finish();
            compareEvents();
        }

        private void step(int roll, int worker) {
            if (roll < 25) add(1 + random.nextInt(3));
            else if (roll < 55) claim(worker, 1 + random.nextInt(CAPACITY));
            else if (roll < 82) settle(worker);
            else if (roll < 87) renew(worker);
            else if (roll < 93) report(worker);
            else if (roll < 97) time.pass(time.unit().dividedBy(10));
            else if (roll < 99) settleOld(worker);
            else restart(worker);
        }

        private void add(int count) {
            List<AddUnit> units = new ArrayList<>();
            for (int i = 0; i < count; i++) units.add(AddUnit.of(draw()));
            List<List<Added>> answers = Side.answers(backend.add(units, time.now()));
            for (int i = 0; i < count; i++) {
                NewJob given = units.get(i).members().get(0);
                JobId id = ((Added.Stored) answers.get(i).get(0)).id();
                jobs.put(new JobRef(QUEUE, id), new Expected(given, added++));
            }
        }

        private NewJob draw() {
            JobOptions.Builder options = JobOptions.builder().attempts(1 + random.nextInt(4));
            if (backend.info().has(Capability.PRIORITIES)) options.priority(random.nextInt(4));
            if (random.nextInt(4) == 0) options.delay(time.units(1 + random.nextInt(3)));
            return new NewJob(
                    QUEUE,
                    NewJob.IdSource.ASSIGNED_BY_STORE,
                    null,
                    "job" + random.nextInt(1_000),
                    new Json(Integer.toString(random.nextInt(1_000))),
                    options.build(),
                    time.now(),
                    null,
                    null,
                    false);
        }

        private void claim(int worker, int most) {
            int free = CAPACITY - running.get(worker).size();
            if (free == 0) return;
            Instant asked = time.now();
            Claimed claimed = sessions.get(worker).claim(Math.min(free, most), LeaseToken.random(), asked);
            assertThat(claimed.bad()).isEmpty();
            assertThat(claimed.jobs()).hasSizeLessThanOrEqualTo(Math.min(free, most));
            for (ClaimedJob job : claimed.jobs()) begin(worker, job);
        }

        private void begin(int worker, ClaimedJob job) {
            Expected expected = jobs.get(job.record().ref());
            assertThat(expected)
                    .as("'%s' was claimed, and never acknowledged", job.record().name())
                    .isNotNull();
            checkOrder(expected);
            expected.claimed(job.record(), time.now());
            running.get(worker).put(job.lease(), expected);
        }

        private void checkOrder(Expected job) {
            if (!inOrder || !job.isFresh()) return;
            Long before = latestOfLevel.put(job.given().options().priority(), job.number());
            if (before != null)
                assertThat(job.number())
                        .as("'%s' overtook others of its level", job.given().name())
                        .isGreaterThan(before);
        }

        private Optional<Lease> lease(int worker) {
            List<Lease> leases = new ArrayList<>(running.get(worker).keySet());
            return leases.isEmpty() ? Optional.empty() : Optional.of(leases.get(random.nextInt(leases.size())));
        }

        private void settle(int worker) {
            lease(worker)
                    .ifPresent(lease ->
                            settle(worker, lease, outcome(running.get(worker).get(lease))));
        }

        private void settle(int worker, Lease lease, Outcome outcome) {
            List<Settled> answers =
                    Side.answers(sessions.get(worker).settle(List.of(new Settlement(lease, outcome)), time.now()));
            assertThat(answers).containsExactly(new Settled.Done());
            running.get(worker).remove(lease).settled(outcome);
            old.add(lease);
        }

        private Outcome outcome(Expected job) {
            Instant later = time.now().plus(time.units(random.nextInt(3)));
            return switch (random.nextInt(8)) {
                case 0 -> new Outcome.Failed("no", List.of(Failure.of("no", time.now())));
                case 1, 2 -> new Outcome.Retry(later, "again", List.of(Failure.of("again", time.now())));
                case 3 -> new Outcome.Postponed(later);
                case 4 -> new Outcome.GivenBack();
                default -> new Outcome.Completed(job.given().payload());
            };
        }

        private void settleOld(int worker) {
            if (old.isEmpty()) return;
            Lease lease = old.get(random.nextInt(old.size()));
            List<Settled> answers = Side.answers(sessions.get(worker)
                    .settle(List.of(new Settlement(lease, new Outcome.Completed(Json.NULL))), time.now()));
            assertThat(answers.get(0)).as("settling %s again", lease).isNotEqualTo(new Settled.Done());
        }

        private void renew(int worker) {
            List<Lease> leases = List.copyOf(running.get(worker).keySet());
            assertThat(sessions.get(worker).renew(leases, time.now()))
                    .hasSameSizeAs(leases)
                    .allMatch(Renewed.Held.class::isInstance);
        }

        private void report(int worker) {
            lease(worker).ifPresent(lease -> {
                Json text = new Json(Integer.toString(random.nextInt(100)));
                Report report = random.nextBoolean() ? new Report.Progress(lease, text) : new Report.Data(lease, text);
                assertThat(sessions.get(worker).report(List.of(report), time.now()))
                        .containsExactly(Reported.DONE);
                // Unless this run hands it on, what it reported goes with it: it ends well, here and now.
                Expected job = running.get(worker).get(lease);
                job.reported(report);
                settle(worker, lease, new Outcome.Retry(time.now(), "again", List.of()));
            });
        }

        /** Goes away without a word; its jobs come again, and what it was handed besides. */
        private void restart(int worker) {
            inOrder = false;
            sessions.get(worker).close();
            running.get(worker).forEach((lease, job) -> {
                job.lost();
                old.add(lease);
            });
            running.get(worker).clear();
            sessions.set(worker, attach(worker));
        }

        /** Everything that is owed comes and is completed. */
        private void finish() {
            for (int round = 0; round < LAST_UNITS * 10 && owes(); round++) {
                for (int worker = 0; worker < workers; worker++) {
                    claim(worker, CAPACITY);
                    for (Lease lease : List.copyOf(running.get(worker).keySet()))
                        settle(worker, lease, new Outcome.Completed(Json.NULL));
                }
                if (owes()) time.pass(time.unit().dividedBy(10));
            }
            assertThat(jobs.values().stream()
                            .filter(Expected::isOwed)
                            .map(job -> job.given().name()))
                    .as("acknowledged jobs that never ended")
                    .isEmpty();
        }

        private boolean owes() {
            return jobs.values().stream().anyMatch(Expected::isOwed);
        }

        /** How each job ended was told, once; in whatever order. */
        private void compareEvents() {
            Map<JobRef, String> told = new HashMap<>();
            long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            while (told.size() < jobs.size() && System.nanoTime() < deadline) read(told);
            Map<JobRef, String> ends = new HashMap<>();
            jobs.forEach((ref, job) -> ends.put(ref, job.end()));
            assertThat(told).as("the ends that events told").isEqualTo(ends);
        }

        private void read(Map<JobRef, String> told) {
            try {
                for (QueueEvent event :
                        reader.read(1_000, Duration.ofMillis(200)).events()) {
                    boolean ends = event instanceof QueueEvent.Completed || event instanceof QueueEvent.Failed;
                    if (ends && event instanceof QueueEvent.OfJob about)
                        assertThat(told.put(about.job(), event.label()))
                                .as("the end of %s was told before", about.job())
                                .isNull();
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while reading events", interrupted);
            }
        }

        @Override
        public void close() {
            reader.close();
            sessions.forEach(WorkSession::close);
        }
    }
}
