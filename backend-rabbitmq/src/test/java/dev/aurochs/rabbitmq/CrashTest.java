package dev.aurochs.rabbitmq;

import static dev.aurochs.rabbitmq.Patience.AFTER_A_CRASH;
import static dev.aurochs.rabbitmq.Patience.pass;
import static dev.aurochs.rabbitmq.Patience.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.Queue;
import dev.aurochs.queue.Queues;
import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.Backoff;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.rabbitmq.wire.QueueType;
import dev.aurochs.tck.server.RabbitServer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Workers and the broker are killed with -9 in the middle of plain, delayed, retried and limited work: every job that
 * was acknowledged runs to its end, and no window has more starts than the limit allows. What ran more than once is
 * printed.
 */
@Timeout(400)
class CrashTest {
    private static final int JOBS = Integer.getInteger("aurochs.crash.jobs", 200);
    private static final int LIMITED = JOBS / 4;
    /** A queue that was made just before is not yet safe from a kill of some brokers. */
    private static final Duration SETTLED = Duration.ofSeconds(5);

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> ends = new ConcurrentHashMap<>();
    private final LimitedStarts starts = new LimitedStarts(CrashVictim.LIMIT);

    @ParameterizedTest
    @EnumSource(QueueType.class)
    @DisplayName("no acknowledged job is lost and no limit exceeded when workers and the broker are killed")
    void kills(QueueType type) {
        try (RabbitServer server = RabbitServer.startPrivate()) {
            String address = server.address() + "?queueType=" + type.label();
            try (Queues queues = Queues.open(address)) {
                Queue work = queues.queue(CrashVictim.WORK);
                Queue limited = queues.queue(CrashVictim.LIMITED);
                Victim first = Victim.start(address, this::heard);
                add(work, "before", 1);
                add(limited, "limited-before", 1);
                until("everything is declared", () -> ends.keySet().containsAll(acknowledged));
                pass(SETTLED);
                addLongDelayed(work);
                add(limited, "limited-first", LIMITED);
                add(work, "first", JOBS);
                until("it works", () -> ends.size() > JOBS / 10);
                first.kill();
                int before = ends.size();
                try (Victim second = Victim.start(address, this::heard)) {
                    until("the second works", () -> ends.size() > before);
                    add(limited, "limited-second", LIMITED);
                    add(work, "second", JOBS);
                    server.kill();
                    server.start();
                    add(work, "third", JOBS / 3);
                    until(AFTER_A_CRASH, this::missing, () -> ends.keySet().containsAll(acknowledged));
                    second.kill();
                }
            }
        }
        long repeated = ends.values().stream().filter(count -> count > 1).count();
        System.out.printf(
                "kill -9 of a worker and of the broker, %s: acknowledged %d, lost 0, ended more than once %d; %d starts"
                        + " under a limit of %d in %d ms, each at least %d ms after the claim %d places before it%n",
                type.label(),
                acknowledged.size(),
                repeated,
                starts.count(),
                CrashVictim.LIMIT.max(),
                CrashVictim.LIMIT.window().toMillis(),
                starts.closest(),
                CrashVictim.LIMIT.max());
        assertThat(starts.count()).isGreaterThan(2 * LIMITED);
        starts.requireWithinLimit();
    }

    private String missing() {
        Set<String> missing = new TreeSet<>(acknowledged);
        missing.removeAll(ends.keySet());
        return "all have ended; missing " + missing;
    }

    private void heard(String line) {
        String[] words = line.split(" ");
        if (words[0].equals("end") && words.length == 3) ends.merge(words[1], 1, Integer::sum);
        if (words[0].equals("start") && words.length == 4)
            starts.add(Long.parseLong(words[1]), Long.parseLong(words[2]));
    }

    /** Plain ones, some that are delayed, some that fail at first and come again. */
    private void add(Queue queue, String round, int jobs) {
        for (int i = 0; i < jobs; i++) {
            String kind = i % 3 == 0 ? "delayed" : i % 3 == 1 ? "retried" : "plain";
            JobOptions.Builder options = JobOptions.builder();
            if (kind.equals("delayed")) options.delay(Duration.ofMillis(100 + i * 10L));
            if (kind.equals("retried")) options.attempts(50).backoff(Backoff.fixed(Duration.ofMillis(300)));
            add(queue, kind + "-" + round + "-" + i, options.build());
        }
    }

    /** They wait in the broker's buckets when it is killed. */
    private void addLongDelayed(Queue queue) {
        for (int i = 0; i < 20; i++)
            add(
                    queue,
                    "long-" + i,
                    JobOptions.builder()
                            .delay(Duration.ofMillis(9_000 + i * 50L))
                            .build());
    }

    private void add(Queue queue, String name, JobOptions options) {
        while (true) {
            try {
                queue.add(name, null, options);
                acknowledged.add(name);
                return;
            } catch (BackendUnavailableException away) {
                pass(Duration.ofMillis(100));
            }
        }
    }
}
