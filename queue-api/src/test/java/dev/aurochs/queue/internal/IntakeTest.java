package dev.aurochs.queue.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.Deduplication;
import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobNotFoundException;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.NewJob;
import dev.aurochs.queue.job.NewJob.IdSource;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.WrongStateException;
import dev.aurochs.queue.spi.AddUnit;
import dev.aurochs.queue.spi.Added;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.UnsupportedCapabilityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The way of new jobs into the store (rules A12, B2). */
@Timeout(60)
class IntakeTest {
    private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");
    private static final List<Added> STORED = List.of(new Added.Stored(JobId.of("1")));

    private final FakeBackend backend = new FakeBackend();
    private final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());
    private final Queue<CompletableFuture<List<Added>>> open = new ConcurrentLinkedQueue<>();

    @DisplayName("B2: what the backend does not declare is refused before it is asked, and named")
    @Test
    void capabilities() {
        Map<Capability, JobOptions> needs = Map.of(
                Capability.UNIQUE_IDS, JobOptions.builder().id("own").build(),
                Capability.PRIORITIES, JobOptions.builder().priority(1).build(),
                Capability.LIFO, JobOptions.builder().lifo(true).build(),
                Capability.DEDUPLICATION,
                        JobOptions.builder()
                                .deduplication(new Deduplication("d", null))
                                .build());
        Intake plain = new Intake(backend, () -> NOW);
        needs.forEach((capability, options) -> {
            assertThatThrownBy(() -> plain.check(job(options)))
                    .isInstanceOfSatisfying(
                            UnsupportedCapabilityException.class,
                            refusal -> assertThat(refusal.capability()).isEqualTo(capability))
                    .hasMessageContaining("fake backend");
            backend.info = FakeInfo.of(capability);
            new Intake(backend, () -> NOW).check(job(options));
        });
        plain.check(job(JobOptions.defaults()));
    }

    @DisplayName("A12: more units than a call takes go in several calls, in order")
    @Test
    void batches() {
        List<CompletionStage<List<Added>>> answers = answering().add(units(2_500));
        assertThat(batches).containsExactly(1_000, 1_000, 500);
        assertThat(answers).hasSize(2_500);
    }

    @DisplayName("A12: with 10,000 adds unacknowledged the next one waits until one is answered")
    @Test
    void bounded() throws Exception {
        Intake intake = pending();
        intake.add(units(10_000));
        CompletableFuture<Integer> next =
                CompletableFuture.supplyAsync(() -> intake.add(units(1)).size());
        assertThatThrownBy(() -> next.get(50, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        open.remove().complete(STORED);
        assertThat(next.get(10, TimeUnit.SECONDS)).isEqualTo(1);
    }

    @DisplayName("A12: a flow counts as its jobs, at most as a whole call, in a call and in what is unacknowledged")
    @Test
    void flows() throws Exception {
        AddUnit three = new AddUnit(Collections.nCopies(3, job(JobOptions.defaults())));
        AddUnit many = new AddUnit(Collections.nCopies(2_000, job(JobOptions.defaults())));
        List<AddUnit> units = new ArrayList<>(Collections.nCopies(400, three));
        units.add(many);
        units.add(three);
        assertThat(answering().add(units)).hasSize(402);
        assertThat(batches).containsExactly(333, 67, 1, 1);

        Intake intake = pending();
        intake.add(Collections.nCopies(10, many));
        CompletableFuture<Integer> next =
                CompletableFuture.supplyAsync(() -> intake.add(List.of(three)).size());
        assertThatThrownBy(() -> next.get(50, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        open.remove().complete(STORED);
        assertThat(next.get(10, TimeUnit.SECONDS)).isEqualTo(1);
        open.forEach(answer -> answer.complete(STORED));
        AddUnit largest = new AddUnit(Collections.nCopies(20_000, job(JobOptions.defaults())));
        assertThat(intake.add(List.of(largest))).hasSize(1);
    }

    @DisplayName("A12: failed answers and failed calls make room as well")
    @Test
    void failuresMakeRoom() {
        Intake intake = pending();
        intake.add(units(10_000));
        for (CompletableFuture<List<Added>> answer : open) answer.completeExceptionally(away());
        backend.adds = units -> {
            throw away();
        };
        for (int i = 0; i < 20; i++)
            assertThatThrownBy(() -> intake.add(units(1_000))).isInstanceOf(BackendUnavailableException.class);
        backend.adds = this::stored;
        assertThat(intake.add(units(10_000))).hasSize(10_000);
    }

    @DisplayName("A12: an interrupt ends the wait; nothing was added")
    @Test
    void interrupted() {
        Intake intake = pending();
        intake.add(units(10_000));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> intake.add(units(1)))
                .isInstanceOfSatisfying(
                        BackendUnavailableException.class,
                        failed -> assertThat(failed.outcomeUnknown()).isFalse());
        assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
        assertThat(open).hasSize(10_000);
    }

    @DisplayName("What became of an add: stored, there already, or an error that says why")
    @Test
    void answers() {
        NewJob job = job(JobOptions.defaults());
        JobRef parent = JobRef.of("q", "parent");
        assertThat(Intake.stored(job, new Added.Stored(JobId.of("1")))).isTrue();
        assertThat(Intake.stored(job, new Added.AlreadyThere(JobId.of("1")))).isFalse();
        assertThat(Intake.stored(job, new Added.NotStored())).isFalse();
        assertThatThrownBy(() -> Intake.stored(job, new Added.NoSuchParent(parent)))
                .isInstanceOf(JobNotFoundException.class);
        NewJob own = new NewJob(
                QueueName.of("q"),
                IdSource.CUSTOM,
                JobId.of("own"),
                "n",
                Json.NULL,
                JobOptions.defaults(),
                NOW,
                null,
                null,
                false);
        assertThatThrownBy(() -> Intake.stored(own, new Added.OtherParent(parent)))
                .isInstanceOf(WrongStateException.class)
                .hasMessageContaining("q:parent");
    }

    @DisplayName("F1: a flow takes as many nodes as the backend does")
    @Test
    void plans() {
        FlowPlan plan = new FlowPlan(answering(), 2);
        for (int i = 0; i < 2; i++) {
            plan.requireRoom();
            plan.take(job(JobOptions.defaults()));
        }
        assertThat(plan.unit().members()).hasSize(2);
        assertThatThrownBy(plan::requireRoom)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("at most 2 nodes");
    }

    @DisplayName("Unknown schemes and settings are refused by name")
    @Test
    void backends() {
        assertThatThrownBy(() -> Backends.open("carrier-pigeon:loft"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(
                        "address scheme 'carrier-pigeon': no backend on the class path offers it; found: ")
                .hasMessageContaining("dev.aurochs:backend-");
    }

    private Intake answering() {
        backend.adds = this::stored;
        return new Intake(backend, () -> NOW);
    }

    private List<CompletionStage<List<Added>>> stored(List<AddUnit> units) {
        batches.add(units.size());
        return Collections.nCopies(units.size(), CompletableFuture.completedFuture(STORED));
    }

    /** Answers only when the test says so. */
    private Intake pending() {
        backend.adds = units -> {
            List<CompletionStage<List<Added>>> answers = new ArrayList<>();
            for (int i = 0; i < units.size(); i++) {
                CompletableFuture<List<Added>> answer = new CompletableFuture<>();
                open.add(answer);
                answers.add(answer);
            }
            return answers;
        };
        return new Intake(backend, () -> NOW);
    }

    private static List<AddUnit> units(int count) {
        return Collections.nCopies(count, AddUnit.of(job(JobOptions.defaults())));
    }

    private static NewJob job(JobOptions options) {
        JobId id = options.id().orElse(null);
        return new NewJob(
                QueueName.of("q"),
                id == null ? IdSource.ASSIGNED_BY_STORE : IdSource.CUSTOM,
                id,
                "n",
                Json.EMPTY_OBJECT,
                options,
                NOW,
                null,
                null,
                false);
    }

    private static BackendUnavailableException away() {
        return new BackendUnavailableException("gone", BackendUnavailableException.Outcome.NOT_APPLIED, null);
    }
}
