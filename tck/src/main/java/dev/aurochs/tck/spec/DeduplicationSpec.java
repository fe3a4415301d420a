package dev.aurochs.tck.spec;

import static dev.aurochs.tck.JobDraft.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.Deduplication;
import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.Retention;
import dev.aurochs.queue.spi.Added;
import dev.aurochs.queue.spi.BulkAction;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.JobChange;
import dev.aurochs.tck.EventTap;
import dev.aurochs.tck.JobDraft;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.Requires;
import dev.aurochs.tck.Rule;
import dev.aurochs.tck.Run;
import dev.aurochs.tck.WorkerDraft;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Adds that say the same as one before: kept out, once or for a while, or taking its place. */
@Requires(Capability.DEDUPLICATION)
public abstract class DeduplicationSpec {
    private static final String ID = "report";

    static JobDraft with(JobDraft draft, Deduplication deduplication) {
        return draft.with(options -> options.deduplication(deduplication));
    }

    static JobDraft once(String name) {
        return with(job(name), Deduplication.untilFinished(ID));
    }

    static Deduplication throttle(QueueDriver q, long units) {
        return Deduplication.throttle(ID, q.time().units(units));
    }

    /** The add is kept out by this job. */
    static void keptOut(QueueDriver q, JobDraft draft, String holder) {
        assertThat(q.offer(draft))
                .containsExactly(new Added.Deduplicated(q.ref(holder).id()));
    }

    static Optional<JobId> holder(QueueDriver q) {
        return q.backend().deduplicationOwner(QueueName.of(QueueDriver.MAIN), ID, q.now());
    }

    @Rule("A10")
    @DisplayName("A10: an add with an id that is held is not stored and answers who holds it; other ids are others")
    @Test
    void keptOut(QueueDriver q) {
        q.add(once("a").data("1"));
        keptOut(q, once("b").data("2"), "a");
        q.add(with(job("other"), Deduplication.untilFinished("other")));
        q.add(once("elsewhere").in("elsewhere"));
        q.look(look -> assertThat(look.names(JobState.WAITING)).containsExactly("a", "other"));
        Run run = q.expectClaim("a");
        assertThat(run.record().body().payload().text()).isEqualTo("1");
        assertThat(run.record().options().deduplication()).contains(Deduplication.untilFinished(ID));
        run.complete();
        q.expectRuns("other");
        q.expectNothing();
    }

    @Rule("A10")
    @DisplayName("A10: an own id that is there is found out first, and does not take the deduplication id")
    @Requires(Capability.UNIQUE_IDS)
    @Test
    void ownIdFirst(QueueDriver q) {
        q.add(job("plain").id("own"));
        assertThat(q.offer(once("again").id("own"))).containsExactly(new Added.AlreadyThere(JobId.of("own")));
        q.add(once("a").id("mine"));
        assertThat(q.offer(once("b").id("mine"))).containsExactly(new Added.AlreadyThere(JobId.of("mine")));
        keptOut(q, once("c").id("third"), "a");
        q.expectRuns("plain", "a");
        q.add(once("d").id("third"));
    }

    @Rule("A13")
    @DisplayName("A13: without ttl the id is held over runs and retries, until the job has completed")
    @Test
    void untilCompleted(QueueDriver q) {
        q.add(once("a").attempts(3));
        Run first = q.expectClaim("a");
        keptOut(q, once("while it runs"), "a");
        first.retry(1, "again");
        keptOut(q, once("while it waits for its retry"), "a");
        q.advance(1);
        q.expectClaim("a").postpone(0);
        keptOut(q, once("while it is postponed"), "a");
        q.expectRuns("a");
        q.add(once("b"));
        q.expectRuns("b");
    }

    @Rule("A13")
    @DisplayName("A13: without ttl a job that failed for good holds nothing, whether it is kept or not")
    @Test
    void untilFailed(QueueDriver q) {
        q.add(once("kept"));
        q.expectClaim("kept").fail("broken");
        q.add(once("dropped").with(options -> options.keepFailed(Retention.none())));
        q.expectClaim("dropped").fail("broken");
        q.expectDropped("dropped");
        q.add(once("b"));
        q.expectRuns("b");
    }

    @Rule("A13")
    @DisplayName("A13: without ttl a stalled job holds the id until it has finished")
    @Test
    void stalled(QueueDriver q) {
        q.add(once("a"));
        q.loseLease(q.expectClaim("a"));
        q.recover();
        keptOut(q, once("b"), "a");
        q.attach(WorkerDraft.worker("another")).expectRuns("a");
        q.add(once("c"));
    }

    @Rule("A13")
    @DisplayName("A13: with a ttl the id is held that long, finished or not, and no longer")
    @Test
    void throttled(QueueDriver q) {
        q.add(with(job("a"), throttle(q, 6)));
        q.expectRuns("a");
        q.advance(2);
        keptOut(q, with(job("early"), throttle(q, 6)), "a");
        keptOut(q, once("also without ttl"), "a");
        q.advance(4);
        q.add(with(job("b"), throttle(q, 6)));
        q.advance(6);
        q.add(with(job("c"), throttle(q, 6)));
        q.expectRuns("b", "c");
    }

    @Rule("A14")
    @DisplayName("A14: each add that is kept out starts the ttl anew")
    @Test
    void extended(QueueDriver q) {
        Deduplication extending = throttle(q, 6).extending();
        q.add(with(job("a"), extending));
        for (int i = 0; i < 3; i++) {
            q.advance(4);
            keptOut(q, with(job("again " + i), extending), "a");
        }
        q.advance(2);
        keptOut(q, with(job("does not extend"), throttle(q, 6)), "a");
        q.advance(4);
        q.add(with(job("b"), extending));
        q.expectRuns("a", "b");
    }

    @Rule("A17")
    @DisplayName("A17: removing the job that holds the id frees it, whatever its ttl")
    @Requires(Capability.CHANGE_WAITING)
    @Test
    void removed(QueueDriver q) {
        q.add(once("a"));
        q.remove("a");
        q.add(with(job("b"), throttle(q, 1_000)));
        q.remove("b");
        q.add(once("c"));
        q.expectRuns("c");
    }

    @Rule("A17")
    @DisplayName("A17: removing another job with the id frees nothing; a retried job does not take it again")
    @Requires(Capability.CHANGE_WAITING)
    @Test
    void notTheHolder(QueueDriver q) {
        q.add(once("a"));
        q.expectClaim("a").fail("broken");
        q.add(once("b"));
        q.change("a", new JobChange.Retry(false));
        assertThat(holder(q)).contains(q.ref("b").id());
        q.remove("a");
        keptOut(q, once("c"), "b");
        q.expectRuns("b");
    }

    @Rule("A17")
    @DisplayName("A17: drain, clean and obliterate free the ids of what they remove")
    @Test
    void swept(QueueDriver q) {
        q.add(once("drained"));
        q.sweep(new BulkAction.Drain(true), 10);
        q.expectDropped("drained");
        q.add(with(job("cleaned"), throttle(q, 1_000)));
        q.expectClaim("cleaned").fail("broken");
        q.sweep(new BulkAction.Clean(JobState.FAILED, q.now()), 10);
        q.add(once("obliterated"));
        q.sweep(new BulkAction.Obliterate(true), 10);
        q.expectDropped("obliterated");
        q.add(once("last"));
        q.expectRuns("last");
    }

    @Rule("A17")
    @DisplayName("A17: retention frees nothing; obliterate frees also what dropped jobs hold")
    @Test
    void retention(QueueDriver q) {
        q.add(with(job("a"), throttle(q, 1_000)).keepCompleted(Retention.none()));
        q.expectRuns("a");
        q.expectDropped("a");
        keptOut(q, once("b"), "a");
        q.sweep(new BulkAction.Obliterate(true), 10);
        q.add(once("c"));
        q.expectRuns("c");
    }

    @Rule("A18")
    @DisplayName("A18: who holds an id can be asked, from its add to its end")
    @Test
    void owner(QueueDriver q) {
        assertThat(holder(q)).isEmpty();
        q.add(once("a"));
        assertThat(holder(q)).contains(q.ref("a").id());
        q.expectRuns("a");
        assertThat(holder(q)).isEmpty();
        q.add(with(job("b"), throttle(q, 4)));
        q.expectRuns("b");
        assertThat(holder(q)).contains(q.ref("b").id());
        q.advance(4);
        assertThat(holder(q)).isEmpty();
    }

    @Rule("A18")
    @DisplayName("A18: an id that is taken away by hand is free, and its job goes on")
    @Test
    void released(QueueDriver q) {
        QueueName main = QueueName.of(QueueDriver.MAIN);
        assertThat(q.backend().releaseDeduplication(main, ID, q.now())).isFalse();
        q.add(once("a"));
        assertThat(q.backend().releaseDeduplication(main, ID, q.now())).isTrue();
        assertThat(q.backend().releaseDeduplication(main, ID, q.now())).isFalse();
        q.add(once("b"));
        q.expectRuns("a");
        keptOut(q, once("c"), "b");
        q.expectRuns("b");
    }

    @Rule("E1")
    @DisplayName("E1: an add that is kept out shows as Deduplicated, of the job that holds the id")
    @Test
    void events(QueueDriver q) {
        q.add(once("a"));
        EventTap tap = q.watch();
        q.offer(once("b").with(options -> options.id("mine")));
        assertThat(tap.take(1)).singleElement().isInstanceOfSatisfying(QueueEvent.Deduplicated.class, event -> {
            assertThat(event.job()).isEqualTo(q.ref("a"));
            assertThat(event.deduplicationId()).isEqualTo(ID);
            assertThat(event.refused()).isEqualTo(JobId.of("mine"));
        });
        tap.expectNoMore();
    }
}
