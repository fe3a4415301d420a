package dev.aurochs.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.EventPosition;
import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.spi.AddUnit;
import dev.aurochs.queue.spi.Added;
import dev.aurochs.queue.spi.BulkAction;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.Changed;
import dev.aurochs.queue.spi.JobChange;
import dev.aurochs.queue.spi.QueueBackend;
import dev.aurochs.queue.spi.QueueChange;
import dev.aurochs.queue.spi.Swept;
import dev.aurochs.queue.spi.WorkerProfile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One test's backend, in the words of the rules. Specs fill first and claim then: the default worker of a queue comes
 * to be with its first claim. What they observe they observe through claims, answers and events; {@link #look} only
 * adds to it.
 */
public final class QueueDriver implements AutoCloseable {
    /** The queue that is meant when none is named. */
    public static final String MAIN = "main";

    private final BackendFixture fixture;
    private final TestTime time;
    private final Set<Capability> missing;
    private final Ledger ledger = new Ledger();
    private final Map<QueueName, WorkerDriver> workers = new LinkedHashMap<>();
    private final List<WorkerDriver> attached = new ArrayList<>();
    private final List<EventTap> taps = new ArrayList<>();
    private final Set<QueueName> paused = new HashSet<>();
    private final Threads threadsBefore = Threads.now();
    private boolean closed;
    private QueueBackend raw;
    private QueueBackend backend;
    private @Nullable Projection beforeLatestCall;

    QueueDriver(BackendFixture fixture, Set<Capability> required) {
        this.fixture = fixture;
        time = fixture.time();
        raw = fixture.open();
        missing = new HashSet<>(required);
        missing.removeAll(raw.info().capabilities());
        backend = watched(raw);
    }

    // ---- time

    public Instant now() {
        return time.now();
    }

    public void advance(long units) {
        time.pass(time.units(units));
    }

    public TestTime time() {
        return time;
    }

    // ---- adding

    /** Stores a job, or a whole tree, and waits for the acknowledgement. Answers the job, or the tree's root. */
    public JobRef add(JobDraft draft) {
        List<Added> answers = offer(draft);
        assertThat(answers).as("adding '%s'", draft.name()).allMatch(Added.Stored.class::isInstance);
        return ref(draft.name());
    }

    /** Stores each as a unit of its own, one after the other. */
    public void addAll(JobDraft... drafts) {
        for (JobDraft draft : drafts) add(draft);
    }

    /** Stores plain jobs of these names, one after the other. */
    public void fill(String... names) {
        for (String name : names) add(JobDraft.job(name));
    }

    /** Adds all of them as one unit; answers per member, a tree's parents first. */
    public List<Added> offer(JobDraft... drafts) {
        return offerUnits(List.of(List.of(drafts))).get(0);
    }

    /** Adds each of them as a unit of its own, in one call. */
    public List<List<Added>> offerEach(JobDraft... drafts) {
        return offerUnits(Arrays.stream(drafts).map(List::of).toList());
    }

    /** Adds units in one call. */
    public List<List<Added>> offerUnits(List<List<JobDraft>> drafts) {
        List<Units> units = drafts.stream().map(unit -> Units.of(unit, time)).toList();
        units.forEach(unit -> unit.order().forEach(draft -> ledger.touched(draft.queue())));
        List<AddUnit> call = units.stream().map(Units::unit).toList();
        List<CompletionStage<List<Added>>> stages = backend.add(call, now());
        assertThat(stages).as("stages of %s units", units.size()).hasSameSizeAs(units);
        List<List<Added>> answers = stages.stream().map(Stages::answer).toList();
        for (int i = 0; i < units.size(); i++) note(units.get(i).order(), answers.get(i));
        return answers;
    }

    /** Where the job of that name is. */
    public JobRef ref(String name) {
        return ledger.ref(name);
    }

    // ---- working

    /** The default worker of a queue: one job at a time. */
    public WorkerDriver on(String queue) {
        return workers.computeIfAbsent(
                QueueName.of(queue), name -> attach(WorkerDraft.worker().on(queue)));
    }

    /** A worker of its own, attached now. */
    public WorkerDriver attach(WorkerDraft draft) {
        WorkerProfile profile = draft.profile(time);
        ledger.touched(draft.queue());
        WorkerDriver worker = new WorkerDriver(this, backend.attach(draft.queue(), profile), profile);
        attached.add(worker);
        return worker;
    }

    public Run expectClaim(String name) {
        return on(MAIN).expect(name);
    }

    public void expectRuns(String... names) {
        on(MAIN).expectRuns(names);
    }

    public void expectNothing() {
        on(MAIN).expectNothing();
    }

    /** The run's worker goes silent, and its lease is lost without anybody noticing yet. */
    public void loseLease(Run run) {
        fixture.loseLease(time, run.lease(), time.units(WorkerDraft.LEASE_UNITS));
        run.worker().forgetLostLeases();
    }

    /** Sweeps the main queue with default settings; answers the names of what was recovered. */
    public List<String> recover() {
        return recover(WorkerDraft.worker("sweeper"));
    }

    /** Sweeps the worker's queue with its settings. */
    public List<String> recover(WorkerDraft sweeper) {
        return backend.recoverStalled(sweeper.queue(), sweeper.profile(time), now()).stream()
                .map(this::nameOf)
                .toList();
    }

    // ---- changing from outside

    public Changed change(String name, JobChange change) {
        Changed answer = backend.change(ref(name), change, now());
        boolean revived = answer instanceof Changed.Done && change instanceof JobChange.Retry;
        if (revived) ledger.revived(ref(name));
        return answer;
    }

    public Changed remove(String name) {
        Changed answer = backend.remove(ref(name), false, now());
        if (answer instanceof Changed.Done) ledger.gone(ref(name));
        return answer;
    }

    /** Removes the job and everything below it. */
    public Changed removeTree(String name) {
        Changed answer = backend.remove(ref(name), true, now());
        if (answer instanceof Changed.Done) noticeGone();
        return answer;
    }

    /** One bounded step over the main queue. */
    public Swept sweep(BulkAction action, int budget) {
        Swept swept = backend.sweep(QueueName.of(MAIN), action, budget, now());
        noticeGone();
        return swept;
    }

    public void pause(String queue) {
        configure(queue, new QueueChange.SetPaused(true));
        paused.add(QueueName.of(queue));
    }

    public void resume(String queue) {
        configure(queue, new QueueChange.SetPaused(false));
        paused.remove(QueueName.of(queue));
    }

    public void configure(String queue, QueueChange change) {
        ledger.touched(QueueName.of(queue));
        backend.configure(QueueName.of(queue), change, now());
    }

    // ---- observing

    /** Opens a reader for what happens from now on. */
    public EventTap watch(String... queues) {
        return watch(EventPosition.NOW, queues);
    }

    public EventTap watch(EventPosition from, String... queues) {
        EventTap tap = EventTap.open(this, from, queues.length == 0 ? new String[] {MAIN} : queues);
        taps.add(tap);
        return tap;
    }

    /** Looks into the store where the backend can, and does nothing elsewhere: never a spec's only evidence. */
    public void look(Consumer<Look> look) {
        if (has(Capability.LOOKUP)) look.accept(new Look(this, raw));
    }

    /**
     * Refused at once where the backend lacks it: for specs whose first words another answer would anticipate.
     */
    public void need(Capability capability) {
        backend.info().require(capability, "this test needs it");
    }

    /** The workers put down what they were handed and have not begun, where they are handed jobs ahead of claims. */
    public void putDown() {
        if (backend.info().traits().readAhead() == 0) return;
        for (WorkerDriver worker : List.copyOf(workers.values()))
            if (worker.open().isEmpty()) worker.close();
        workers.values().removeIf(worker -> worker.open().isEmpty());
    }

    /** For specs that require {@code LOOKUP}: looks, or is refused. */
    public Look mustLook() {
        return new Look(this, backend);
    }

    public void expectState(String name, JobState state) {
        look(look ->
                assertThat(look.record(name).state()).as("state of '%s'", name).isEqualTo(state));
    }

    /** What the action does changes nothing that can be seen. */
    public void expectNoChange(Runnable action) {
        Projection before = Projection.of(raw, ledger.queues());
        action.run();
        Projection.of(raw, ledger.queues()).requireSameAs(before);
    }

    /** The job is no longer kept; without look-up that cannot be seen. */
    public void expectDropped(String name) {
        look(look ->
                assertThat(look.find(name)).as("'%s' should be dropped", name).isEmpty());
        ledger.gone(ref(name));
    }

    /** A job that was kept out has been stored after all, under its own id (rule A16). */
    public void expectComes(String name, String ownId) {
        ledger.stored(name, JobRef.of(MAIN, ownId));
    }

    /** The job will never end, as the rules have it: a parent whose child failed and is not retried. */
    public void expectStuck(String name) {
        ledger.stuck(ref(name));
    }

    public boolean has(Capability capability) {
        return raw.info().has(capability);
    }

    /** The backend itself, for what has no word here. */
    public QueueBackend backend() {
        return backend;
    }

    public BackendFixture fixture() {
        return fixture;
    }

    /** The name under which the spec knows a job. */
    public String nameOf(JobRef job) {
        return ledger.name(job);
    }

    /** Closes the backend, as it stands, and opens it again; workers and readers are gone. */
    public void reopen() {
        backend.info().require(Capability.REOPENS, "choose a backend that keeps its jobs");
        raw.close();
        workers.clear();
        attached.clear();
        taps.clear();
        raw = fixture.reopen();
        backend = watched(raw);
    }

    // ---- the end of a test

    /** Closes the backend, twice; nothing more can be said to it, and its threads end. */
    public void closeBackend() {
        closed = true;
        raw.close();
        raw.close();
        threadsBefore.requireNoneLeft();
    }

    /** Names of the library's threads that have come since the test began. */
    public List<String> newThreads() {
        return threadsBefore.news();
    }

    /** Checks what holds after every test, then runs everything that is left to its end. */
    void verify() {
        if (closed) return;
        Invariants.check(this);
        RunToEnd.of(this);
    }

    /** What the test needs and the backend does not declare. */
    Set<Capability> missing() {
        return missing;
    }

    void requireUnchangedByRefusal() {
        Projection before = beforeLatestCall;
        if (before == null) throw new AssertionError("the refusal came before any call to the backend");
        Projection.of(raw, ledger.queues()).requireSameAs(before);
    }

    /** Closes everything; what goes wrong here is the backend's fault. */
    @Override
    public void close() {
        taps.forEach(EventTap::close);
        closeBackend();
        fixture.close();
    }

    Ledger ledger() {
        return ledger;
    }

    QueueBackend raw() {
        return raw;
    }

    List<WorkerDriver> attached() {
        return List.copyOf(attached);
    }

    void resumeAll() {
        for (QueueName queue : Set.copyOf(paused)) resume(queue.value());
    }

    void finished(JobRef job) {
        ledger.finished(job);
    }

    private QueueBackend watched(QueueBackend opened) {
        if (missing.isEmpty()) return opened;
        return CallWatch.over(QueueBackend.class, opened, () -> beforeLatestCall = Projection.of(raw, ledger.queues()));
    }

    private void note(List<JobDraft> members, List<Added> answers) {
        assertThat(answers).as("answers of a unit of %s", members.size()).hasSameSizeAs(members);
        for (int i = 0; i < members.size(); i++) {
            JobDraft draft = members.get(i);
            Added answer = answers.get(i);
            if (answer instanceof Added.Stored stored) ledger.stored(draft.name(), at(draft, stored.id()));
            if (answer instanceof Added.Stored stored && RunToEnd.isTooLong(draft, this))
                ledger.stuck(at(draft, stored.id()));
            if (answer instanceof Added.AlreadyThere there) ledger.alreadyThere(draft.name(), at(draft, there.id()));
        }
    }

    private static JobRef at(JobDraft draft, JobId id) {
        return new JobRef(draft.queue(), id);
    }

    private void noticeGone() {
        look(look ->
                ledger.kept().stream().filter(job -> look.find(job).isEmpty()).forEach(ledger::gone));
    }
}
