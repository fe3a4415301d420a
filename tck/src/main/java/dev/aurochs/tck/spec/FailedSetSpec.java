package dev.aurochs.tck.spec;

import static dev.aurochs.tck.JobDraft.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.Failure;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.JobStatus;
import dev.aurochs.queue.job.Runs;
import dev.aurochs.queue.spi.BulkAction;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.Changed;
import dev.aurochs.queue.spi.JobChange;
import dev.aurochs.queue.spi.Swept;
import dev.aurochs.tck.EventTap;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.Requires;
import dev.aurochs.tck.Rule;
import dev.aurochs.tck.Run;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What failed for good may run again. */
@Requires(Capability.RETRY_FAILED)
public abstract class FailedSetSpec {
    @Rule("K4")
    @DisplayName("K4: a failed job that is retried waits at the end of its level and runs again")
    @Test
    void retryFailed(QueueDriver q) {
        q.add(job("a").attempts(2));
        q.expectClaim("a").fail("x");
        q.fill("b");
        assertThat(q.change("a", new JobChange.Retry(false))).isEqualTo(new Changed.Done());
        q.look(look -> {
            JobStatus status = look.record("a").status();
            assertThat(status.state()).isEqualTo(JobState.WAITING);
            assertThat(status.finishedAt()).isNull();
        });
        q.expectRuns("b");
        Run again = q.expectClaim("a");
        assertThat(again.record().runs()).isEqualTo(new Runs(1, 2, 0));
        again.complete();
    }

    @Rule("K4")
    @DisplayName("K4: the others that failed stay as they are")
    @Test
    void retryOne(QueueDriver q) {
        q.fill("a", "b", "c");
        for (String name : List.of("a", "b", "c")) q.expectClaim(name).fail("x");
        q.change("b", new JobChange.Retry(false));
        q.expectRuns("b");
        q.expectNothing();
        q.change("c", new JobChange.Retry(false));
        q.expectRuns("c");
        q.expectNothing();
    }

    @Rule("K4")
    @DisplayName("K4: counters are reset when asked for")
    @Test
    void retryReset(QueueDriver q) {
        q.fill("a");
        q.expectClaim("a").fail("x");
        q.change("a", new JobChange.Retry(true));
        assertThat(q.expectClaim("a").record().runs()).isEqualTo(new Runs(0, 1, 0));
    }

    @Rule({"R6", "K4"})
    @DisplayName("R6: the history of failures survives a retry by hand")
    @Test
    void historySurvives(QueueDriver q) {
        q.fill("a");
        q.expectClaim("a").fail("no");
        q.change("a", new JobChange.Retry(false));
        Run again = q.expectClaim("a");
        assertThat(again.record().failures()).extracting(Failure::message).containsExactly("no");
        again.complete();
    }

    @Rule({"R6", "K4"})
    @DisplayName("R6: resetting the counters forgets the failures")
    @Test
    void historyIsReset(QueueDriver q) {
        q.fill("a");
        q.expectClaim("a").fail("no");
        q.change("a", new JobChange.Retry(true));
        Run again = q.expectClaim("a");
        assertThat(again.record().failures()).isEmpty();
        again.complete();
    }

    @Rule({"K14", "K4"})
    @DisplayName("K14: all that failed up to a moment wait again, the oldest first, in bounded steps")
    @Test
    void retryAll(QueueDriver q) {
        q.fill("a", "b", "c", "late", "fine");
        for (String name : List.of("a", "b", "c")) q.expectClaim(name).fail("x");
        Instant until = q.now();
        q.advance(5);
        q.expectClaim("late").fail("x");
        q.expectRuns("fine");
        assertThat(q.sweep(new BulkAction.RetryAll(JobState.FAILED, until), 2)).isEqualTo(new Swept(2, true));
        assertThat(q.sweep(new BulkAction.RetryAll(JobState.FAILED, until), 2)).isEqualTo(new Swept(1, false));
        q.look(look -> assertThat(look.names(JobState.FAILED)).containsExactly("late"));
        q.expectRuns("a", "b", "c");
        q.expectNothing();
    }

    @Rule({"E1", "K4"})
    @DisplayName("E1: a retry by hand shows where the job came from")
    @Test
    void told(QueueDriver q) {
        q.fill("a");
        q.expectClaim("a").fail("x");
        EventTap tap = q.watch();
        q.change("a", new JobChange.Retry(false));
        tap.expect("waiting a from failed");
        q.expectRuns("a");
    }
}
