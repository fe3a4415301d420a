package dev.aurochs.tck.spec;

import static dev.aurochs.tck.JobDraft.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.EventPosition;
import dev.aurochs.queue.spi.BulkAction;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.EventBatch;
import dev.aurochs.tck.EventTap;
import dev.aurochs.tck.JobDraft;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.Requires;
import dev.aurochs.tck.Rule;
import dev.aurochs.tck.Run;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How events are read. */
public abstract class EventReaderSpec {
    private static final Duration FOR_EVER = Duration.ofHours(1);
    private static final long PATIENCE_SECONDS = 20;

    @Rule("E3")
    @DisplayName("E3: a reader opened at NOW sees what happens from then on, and nothing before")
    @Test
    void fromNow(QueueDriver q) {
        q.fill("before");
        EventTap tap = q.watch();
        tap.expectNoMore();
        q.fill("after");
        tap.expect("added after", "waiting after");
    }

    @Rule("E3")
    @DisplayName("E3: a claim that was answered before is before, however late it becomes durable")
    @Test
    void claimBefore(QueueDriver q) {
        q.fill("a", "b", "c");
        for (String name : new String[] {"a", "b", "c"}) {
            Run run = q.expectClaim(name);
            EventTap tap = q.watch();
            run.complete();
            tap.expect("completed " + name);
            tap.expectNoMore();
        }
    }

    @Rule("E3")
    @DisplayName("E3: a reader opened at START sees everything that is kept")
    @Requires(Capability.EVENT_REPLAY)
    @Test
    void fromStart(QueueDriver q) {
        q.fill("a", "b");
        EventTap tap = q.watch(EventPosition.START, QueueDriver.MAIN);
        tap.expect("added a", "waiting a", "added b", "waiting b");
        q.fill("c");
        tap.expect("added c", "waiting c");
    }

    @Rule("E3")
    @DisplayName("E3: a reader goes on where an earlier one stopped")
    @Requires(Capability.EVENT_REPLAY)
    @Test
    void fromPosition(QueueDriver q) {
        EventTap first = q.watch();
        q.fill("a");
        first.expect("added a", "waiting a");
        EventPosition position = first.position();
        first.close();
        q.fill("b");
        EventTap second = q.watch(position, QueueDriver.MAIN);
        second.expect("added b", "waiting b");
        second.expectNoMore();
    }

    @Rule({"E3", "K13"})
    @DisplayName("E3: a position of before a queue was obliterated is followed by everything that happened in it since")
    @Requires({Capability.EVENT_REPLAY, Capability.CHANGE_WAITING})
    @Test
    void fromAnEarlierLife(QueueDriver q) {
        EventTap first = q.watch();
        q.fill("a");
        first.expect("added a", "waiting a");
        EventPosition position = first.position();
        first.close();
        q.sweep(new BulkAction.Obliterate(false), 100);
        q.advance(1);
        q.fill("b", "c");
        EventTap second = q.watch(position, QueueDriver.MAIN);
        second.expect("added b", "waiting b", "added c", "waiting c");
        second.expectNoMore();
    }

    @Rule("E3")
    @DisplayName("E3: readers do not disturb each other")
    @Test
    void independent(QueueDriver q) {
        EventTap one = q.watch();
        EventTap two = q.watch();
        q.fill("a");
        one.expect("added a", "waiting a");
        q.fill("b");
        two.expect("added a", "waiting a", "added b", "waiting b");
        one.expect("added b", "waiting b");
    }

    @Rule({"E3", "E2"})
    @DisplayName("E3: many events are read in pieces, none twice and none left out")
    @Test
    void inPieces(QueueDriver q) throws InterruptedException {
        EventTap tap = q.watch();
        JobDraft[] jobs = IntStream.range(0, 250).mapToObj(i -> job("job" + i)).toArray(JobDraft[]::new);
        q.offerEach(jobs);
        int seen = 0;
        while (seen < 500) {
            EventBatch batch = tap.reader().read(7, Duration.ofSeconds(PATIENCE_SECONDS));
            assertThat(batch.events()).isNotEmpty().hasSizeLessThanOrEqualTo(7);
            assertThat(batch.gap()).isFalse();
            for (var event : batch.events()) {
                String expected = (seen % 2 == 0 ? "added job" : "waiting job") + seen / 2;
                assertThat(tap.line(event)).isEqualTo(expected);
                seen++;
            }
        }
        tap.expectNoMore();
    }

    @Rule("E10")
    @DisplayName("E10: a reader gets the events of its own queues")
    @Test
    void severalQueues(QueueDriver q) {
        EventTap both = q.watch("x", "y");
        EventTap one = q.watch("y");
        q.addAll(job("a").in("x"), job("b").in("y"), job("c").in("z"));
        assertThat(both.take(4).stream().map(both::line))
                .containsExactlyInAnyOrder("added a", "waiting a", "added b", "waiting b");
        both.expectNoMore();
        one.expect("added b", "waiting b");
        one.expectNoMore();
    }

    @Rule("E9")
    @DisplayName("E9: with nothing to read the answer is an empty batch")
    @Test
    void nothing(QueueDriver q) throws InterruptedException {
        EventTap tap = q.watch();
        EventBatch batch = tap.reader().read(10, Duration.ofMillis(1));
        assertThat(batch.events()).isEmpty();
        assertThat(batch.gap()).isFalse();
    }

    @Rule("E9")
    @DisplayName("E9: an event ends the wait")
    @Test
    void eventEndsTheWait(QueueDriver q) throws Exception {
        EventTap tap = q.watch();
        assertThat(readWhile(tap, () -> q.fill("a")).events()).isNotEmpty();
    }

    @Rule("E9")
    @DisplayName("E9: closing the reader ends the wait")
    @Test
    void closeEndsTheWait(QueueDriver q) throws Exception {
        EventTap tap = q.watch();
        assertThat(readWhile(tap, tap::close).events()).isEmpty();
    }

    /** Reads on a thread of its own; what is done meanwhile must end the wait. */
    private static EventBatch readWhile(EventTap tap, Runnable meanwhile) throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<EventBatch> read = thread.submit(() -> tap.reader().read(10, FOR_EVER));
            meanwhile.run();
            return read.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } finally {
            thread.shutdownNow();
        }
    }
}
