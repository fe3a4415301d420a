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
        q.advance(WINDOW);
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
        q.advance(WINDOW);
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
        q.advance(3);
        boolean fixed = q.backend().info().traits().rateWindow() == WindowKind.FIXED;
        assertThat(worker.claim(5)).hasSize(fixed ? 3 : 1);
    }

    @Rule("L2")
    @DisplayName("L2: any span of k windows has at most (k+1)·max grants")
    @Test
    void overSpans(QueueDriver q) {
        fill(q, 60);
        WorkerDriver worker = q.attach(limited(q));
        List<Integer> grants = new ArrayList<>();
        for (int moment = 0; moment < 5 * WINDOW; moment++) {
            List<Run> runs = worker.claim(5);
            runs.forEach(Run::complete);
            grants.add(runs.size());
            q.advance(1);
        }
        for (int k = 1; k <= 4; k++) {
            int most = k > 1 || q.backend().info().traits().rateWindow() == WindowKind.FIXED ? (k + 1) * MAX : MAX;
            for (int from = 0; from + k * WINDOW <= grants.size(); from++) {
                int sum = grants.subList(from, from + k * WINDOW).stream()
                        .mapToInt(Integer::intValue)
                        .sum();
                assertThat(sum).as("grants in %s windows from %s", k, from).isLessThanOrEqualTo(most);
            }
        }
    }

    private static WorkerDraft limited(QueueDriver q) {
        return worker().capacity(40).limit(new RateLimit(MAX, q.time().units(WINDOW)));
    }

    private static void fill(QueueDriver q, int jobs) {
        IntStream.range(0, jobs).forEach(i -> q.fill("job" + i));
    }
}
