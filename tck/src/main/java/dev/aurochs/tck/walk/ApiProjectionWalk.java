package dev.aurochs.tck.walk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.Job;
import dev.aurochs.queue.JobContext;
import dev.aurochs.queue.Queues;
import dev.aurochs.queue.RunResult;
import dev.aurochs.queue.job.Backoff;
import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.Outcome;
import dev.aurochs.queue.spi.QueueBackend;
import dev.aurochs.queue.testing.ManualWorker;
import dev.aurochs.tck.TestTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * As {@link ProjectionWalk}, through the public API: every job that was added runs as its payload says, is retried as
 * its options say, and ends once.
 */
public final class ApiProjectionWalk {
    private static final String QUEUE = "api-walk";
    private static final int EPISODE = 60;
    private static final int LAST_ROUNDS = 600;

    private final QueueBackend backend;
    private final TestTime time;

    private ApiProjectionWalk(QueueBackend backend, TestTime time) {
        this.backend = backend;
        this.time = time;
    }

    public static ApiProjectionWalk over(QueueBackend backend, TestTime time) {
        return new ApiProjectionWalk(backend, time);
    }

    /** Throws {@link AssertionError} with the seed when something comes otherwise than it must. */
    public void go(long seed, long steps) {
        Queues queues = Queues.over(backend, time::now);
        for (long episode = 0; episode * EPISODE < steps; episode++) {
            try {
                new Episode(queues, seed + episode).go();
            } catch (AssertionError parts) {
                throw new AssertionError(
                        backend.info().name() + " parts from what must be; again: -Daurochs.walk.seed="
                                + (seed + episode) + " -Daurochs.walk.steps=" + EPISODE,
                        parts);
            }
        }
    }

    /** How often a job was run, and how often it may be. */
    private static final class Story {
        private final int number;
        private final int attempts;
        private int failures;
        private boolean ended;

        Story(int number, int attempts) {
            this.number = number;
            this.attempts = attempts;
        }
    }

    private final class Episode {
        private final Queues queues;
        private final Random random;
        private final Map<JobId, Story> stories = new HashMap<>();
        private final List<ManualWorker> workers = new ArrayList<>();

        Episode(Queues queues, long seed) {
            this.queues = queues;
            this.random = new Random(seed);
            for (int i = 0; i < 2; i++)
                workers.add(queues.worker(QUEUE).onAny(this::handle).manual());
        }

        private Object handle(Json payload, JobContext job) {
            Story story = stories.get(job.id());
            assertThat(story).as("a job that nobody added: %s", job.name()).isNotNull();
            assertThat(payload).as("the payload of '%s'", job.name()).hasToString(Integer.toString(story.number));
            return switch (random.nextInt(6)) {
                case 0 -> RunResult.fail("for good");
                case 1 -> RunResult.postpone(time.units(random.nextInt(2)));
                case 2, 3 -> throw new IllegalStateException("this time");
                default -> payload;
            };
        }

        void go() {
            for (int step = 0; step < EPISODE; step++) {
                int roll = random.nextInt(10);
                if (roll < 4) add();
                else if (roll < 9) workers.get(random.nextInt(2)).runNext().ifPresent(this::note);
                else time.pass(time.unit().dividedBy(10));
            }
            for (int round = 0; round < LAST_ROUNDS && owes(); round++) {
                for (ManualWorker worker : workers) worker.runNext().ifPresent(this::note);
                time.pass(time.unit().dividedBy(50));
            }
            assertThat(owes()).as("jobs that never ended are left").isFalse();
            workers.forEach(ManualWorker::close);
        }

        private void add() {
            int attempts = 1 + random.nextInt(3);
            JobOptions.Builder options = JobOptions.builder().attempts(attempts);
            if (random.nextBoolean()) options.backoff(Backoff.fixed(time.units(1)));
            if (random.nextInt(4) == 0) options.delay(time.units(random.nextInt(3)));
            if (backend.info().has(Capability.PRIORITIES)) options.priority(random.nextInt(3));
            int number = stories.size();
            Job job = queues.queue(QUEUE).add("job" + number, number, options.build());
            stories.put(job.id(), new Story(number, attempts));
        }

        private void note(ManualWorker.Ran ran) {
            JobRecord job = ran.job();
            Story story = stories.get(job.id());
            assertThat(story.ended)
                    .as("'%s' had ended and came again", job.name())
                    .isFalse();
            assertThat(job.runs().made())
                    .as("runs of '%s' that ended before", job.name())
                    .isEqualTo(story.failures);
            Outcome outcome = ran.outcome().orElseThrow();
            if (outcome instanceof Outcome.Retry) story.failures++;
            story.ended = outcome instanceof Outcome.Completed || outcome instanceof Outcome.Failed;
            assertThat(story.failures).as("failed runs of '%s'", job.name()).isLessThan(story.attempts);
        }

        private boolean owes() {
            return stories.values().stream().anyMatch(story -> !story.ended);
        }
    }
}
