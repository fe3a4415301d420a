package dev.aurochs.tck.spec;

import static dev.aurochs.tck.WorkerDraft.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.RateLimit;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.Claimed;
import dev.aurochs.queue.spi.Traits.WindowKind;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.Requires;
import dev.aurochs.tck.Rule;
import dev.aurochs.tck.Run;
import dev.aurochs.tck.WorkerDraft;
import dev.aurochs.tck.WorkerDriver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Starts per window. */
@Requires(Capability.WORKER_LIMIT)
public abstract class RateLimitSpec {
    private static final int MAX = 3;
    private static final int WINDOW = 10;

    @Rule("L1")
    @DisplayName("L1: a window has no more than max grants, over all workers")
    @Test
    void perWindow(QueueDriver q) {
        fill(q, 8);
        WorkerDriver one = q.attach(limited(q));
        WorkerDriver two = q.attach(limited(q));
        assertThat(one.claim(2)).hasSize(2);
        assertThat(two.claim(5)).hasSize(1);
        assertThat(two.rest()).isInstanceOf(Claimed.Rest.Limited.class);
        assertThat(one.claim(2)).isEmpty();
        q.advance(WINDOW + slack(q));
        assertThat(two.claim(5)).hasSize(MAX);
        assertThat(one.claim(5)).isEmpty();
    }

    @Rule("L1")
    @DisplayName("L1: a job that is limited stays where it was")
    @Test
    void orderIsKept(QueueDriver q) {
        fill(q, 5);
        WorkerDriver worker = q.attach(limited(q));
        worker.expectRuns("job0", "job1", "job2");
        worker.expectNothing();
        q.advance(WINDOW + slack(q));
        worker.expectRuns("job3", "job4");
    }

    @Rule("L1")
    @DisplayName("L1: a fixed window begins with its first grant")
    @Test
    void windowBegins(QueueDriver q) {
        fill(q, 6);
        WorkerDriver worker = q.attach(limited(q));
        q.advance(7);
        assertThat(worker.claim(1)).hasSize(1);
        q.advance(7);
        assertThat(worker.claim(5)).hasSize(MAX - 1);
        q.advance(3 + slack(q));
        boolean fixed = q.backend().info().traits().rateWindow() == WindowKind.FIXED;
        assertThat(worker.claim(5)).hasSize(fixed ? 3 : 1);
    }

    @Rule("L2")
    @DisplayName("L2: any span of k windows has at most (k+1)·max grants")
    @Test
    void overSpans(QueueDriver q) {
        fill(q, 60);
        WorkerDriver worker = q.attach(limited(q));
        List<Grants> all = new ArrayList<>();
        for (int moment = 0; moment < 5 * WINDOW; moment++) {
            Instant asked = q.now();
            List<Run> runs = worker.claim(5);
            all.add(new Grants(asked, q.now(), runs.size()));
            runs.forEach(Run::complete);
            q.advance(1);
        }
        for (int k = 1; k <= 4; k++) {
            int most = k > 1 || q.backend().info().traits().rateWindow() == WindowKind.FIXED ? (k + 1) * MAX : MAX;
            for (int from = 0; from < all.size(); from++)
                assertThat(within(all, from, q.time().units((long) k * WINDOW)))
                        .as("grants in %s windows from %s", k, from)
                        .isLessThanOrEqualTo(most);
        }
    }

    /** How many jobs a claim was given that was made after the first moment and answered at the second. */
    private record Grants(Instant asked, Instant answered, int count) {}

    /** Those that were surely given within such a span, from a claim on. */
    private static int within(List<Grants> all, int from, Duration span) {
        int sum = 0;
        for (Grants grants : all.subList(from, all.size())) {
            boolean inside =
                    Duration.between(all.get(from).asked(), grants.answered()).compareTo(span) < 0;
            if (inside) sum += grants.count();
        }
        return sum;
    }

    @Rule("L14")
    @DisplayName("L14: a crash costs the grants that were used of the window, and no other")
    @Test
    void crash(QueueDriver q) {
        fill(q, 8);
        WorkerDriver crashes = q.attach(limited(q));
        assertThat(crashes.claim(MAX - 1)).hasSize(MAX - 1);
        crashes.close();
        q.recover();
        WorkerDriver worker = q.attach(limited(q));
        assertThat(worker.claim(5)).as("the rest of the window").hasSize(1);
        q.advance(WINDOW + slack(q));
        assertThat(worker.claim(5)).as("the next window").hasSize(MAX);
    }

    /** A sliding window is measured by the server, which may need a little longer. */
    private static int slack(QueueDriver q) {
        return q.backend().info().traits().rateWindow() == WindowKind.SLIDING ? 2 : 0;
    }

    private static WorkerDraft limited(QueueDriver q) {
        return worker().capacity(40).limit(new RateLimit(MAX, q.time().units(WINDOW)));
    }

    private static void fill(QueueDriver q, int jobs) {
        IntStream.range(0, jobs).forEach(i -> q.fill("job" + i));
    }
}
