package dev.aurochs.rabbitmq.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.JobBody;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.JobStatus;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.Runs;
import dev.aurochs.rabbitmq.message.Family;
import dev.aurochs.rabbitmq.message.JobMessage;
import dev.aurochs.rabbitmq.message.LedgerEntry;
import dev.aurochs.rabbitmq.message.LedgerEntry.Joined;
import dev.aurochs.rabbitmq.message.LedgerEntry.Result;
import dev.aurochs.rabbitmq.message.LedgerEntry.Root;
import dev.aurochs.rabbitmq.message.LedgerEntry.Verdict;
import dev.aurochs.rabbitmq.message.UnreadableException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What entries of a ledger say together, however often and in whatever order they come. */
class LedgerStateTest {
    private static final JobRef PARENT = JobRef.of("q", "parent");
    private static final JobRef A = JobRef.of("q", "a");
    private static final JobRef B = JobRef.of("other", "b");

    private static Root root(boolean parked, int generation, Child... children) {
        JobBody body = new JobBody(PARENT, "n", Json.NULL, JobOptions.defaults(), Instant.EPOCH, null);
        JobStatus status =
                new JobStatus(JobState.WAITING, 0, Runs.NONE, null, null, null, null, null, null, null, null, null);
        JobRecord job = new JobRecord(body, status, List.of());
        return new Root(Family.NONE.withChildren(List.of(children)).on(job), parked, generation);
    }

    private static Child pending(JobRef job) {
        return new Child(job, Child.Status.PENDING, null, null);
    }

    private static Result done(JobRef job, String result) {
        return new Result(job, Verdict.COMPLETED, new Json(result), null);
    }

    private static Result failed(JobRef job, Verdict verdict) {
        return new Result(job, verdict, null, "no");
    }

    private static LedgerState of(LedgerEntry... entries) {
        return LedgerState.of(List.of(entries));
    }

    @Test
    @DisplayName("all is in when each child has a result, repeated ones counting once")
    void complete() {
        Root root = root(true, 0, pending(A), pending(B));
        assertThat(of(root, done(A, "1"), done(A, "1"), root).isPending()).isTrue();
        LedgerState all = of(done(B, "2"), root, done(A, "1"), done(A, "1"));
        assertThat(all.isPending()).isFalse();
        assertThat(all.children())
                .containsExactly(
                        new Child(A, Child.Status.COMPLETED, new Json("1"), null),
                        new Child(B, Child.Status.COMPLETED, new Json("2"), null));
    }

    @Test
    @DisplayName("a child that joined later is waited for")
    void joined() {
        assertThat(of(root(true, 0, pending(A)), done(A, "1"), new Joined(List.of(B)))
                        .isPending())
                .isTrue();
    }

    @Test
    @DisplayName("a removed child is not seen and not waited for; a completion counts more than an earlier failure")
    void verdicts() {
        LedgerState state =
                of(root(true, 0, pending(A), pending(B)), failed(A, Verdict.REMOVED), failed(B, Verdict.FAILED));
        assertThat(state.isPending()).isFalse();
        assertThat(state.failed()).extracting(Child::job).containsExactly(B);
        assertThat(state.failure()).hasValue("child other:b failed: no");
        LedgerState mended = of(root(true, 0, pending(B)), failed(B, Verdict.FAILED), done(B, "2"));
        assertThat(mended.failed()).isEmpty();
    }

    @Test
    @DisplayName("what the parent knows already decides nothing again")
    void decidesOnce() {
        assertThat(of(root(true, 0, pending(A), pending(B)), failed(A, Verdict.CONTINUED))
                        .isDecided())
                .isTrue();
        Child known = new Child(A, Child.Status.IGNORED, null, "no");
        assertThat(of(root(true, 1, known, pending(B)), failed(A, Verdict.CONTINUED))
                        .isDecided())
                .isFalse();
    }

    @Test
    @DisplayName("of several entries of the parent the latest counts: a note after its release, then a later parking")
    void latest() {
        Root first = root(true, 0, pending(A));
        Root note = root(false, 0, pending(A));
        Root again = root(true, 1, pending(A));
        for (List<LedgerEntry> order : List.<List<LedgerEntry>>of(List.of(first, note), List.of(note, first)))
            assertThat(LedgerState.of(order).isParked()).as("%s", order).isFalse();
        for (List<LedgerEntry> order : List.<List<LedgerEntry>>of(List.of(first, note, again), List.of(again, note)))
            assertThat(LedgerState.of(order).isParked()).as("%s", order).isTrue();
    }

    @Test
    @DisplayName("results without a parent are nobody's")
    void orphans() {
        assertThat(of(done(A, "1")).hasRoot()).isFalse();
    }

    @Test
    @DisplayName("a child that joins expects what is pending, what has come, and those that join with it")
    void expected() {
        assertThat(of(root(true, 0, pending(A), pending(B)), done(A, "1")).expectedWith(2))
                .isEqualTo(4);
    }

    @Test
    @DisplayName("entries are read as they were written")
    void messages() {
        Child known = new Child(A, Child.Status.COMPLETED, new Json("{\"x\": [1, \"ü\"]}"), null);
        List<LedgerEntry> entries = List.of(
                root(true, 3, known, pending(B)),
                root(false, 0),
                new Joined(List.of(A, B)),
                done(A, "\"text\""),
                failed(B, Verdict.CONTINUED));
        assertThat(entries.stream().flatMap(LedgerStateTest::reread)).containsExactlyElementsOf(entries);
    }

    private static Stream<LedgerEntry> reread(LedgerEntry entry) {
        JobMessage.Encoded message = LedgerEntry.write(entry);
        try {
            return Stream.of(LedgerEntry.read(PARENT, message.properties(), message.body()));
        } catch (UnreadableException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
