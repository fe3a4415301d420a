package dev.aurochs.rabbitmq.flow;

import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.Lease;
import dev.aurochs.queue.job.WrongStateException;
import dev.aurochs.queue.spi.Added;
import dev.aurochs.queue.spi.Settled;
import dev.aurochs.rabbitmq.message.Family;
import dev.aurochs.rabbitmq.message.FlowMessage.Member;
import dev.aurochs.rabbitmq.message.LedgerEntry.Result;
import dev.aurochs.rabbitmq.message.LedgerEntry.Root;
import dev.aurochs.rabbitmq.wire.Link;
import dev.aurochs.rabbitmq.wire.Publisher;
import dev.aurochs.rabbitmq.wire.QueueArguments;
import dev.aurochs.rabbitmq.wire.Topology;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Families of jobs, for the rest of the backend. Thread-safe. */
public final class Flows implements AutoCloseable {
    /** The threads on which parents are parked, looked after and released. */
    public static final String THREAD = "aurochs-rabbitmq-flow";

    /** How much the children of one parent may return altogether. */
    public static final long MOST_RESULT_BYTES = 8L << 20;

    private static final int THREADS = 8;
    private static final int EXPANDERS = 4;

    private final ThreadPoolExecutor pool = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Flows::thread,
            (task, closed) -> task.run());
    private final Watch steps = new Watch();
    private final Publisher publisher;
    private final Ledgers ledgers;
    private final QueueArguments arguments;
    private final Topology topology;
    private final Check check;
    private final Adder adder;
    private final List<Expander> expanders;
    private final Aftermath aftermath;

    /**
     * @param publisher for what goes to queues that are declared
     * @param after runs what follows from answers
     */
    public Flows(
            Link link,
            Topology topology,
            QueueArguments arguments,
            Publisher publisher,
            Executor after,
            FlowHost host) {
        this.arguments = arguments;
        this.topology = topology;
        this.publisher = new Publisher(link.publishing(), after, Flows::gone);
        pool.allowCoreThreadTimeOut(true);
        ledgers = new Ledgers(link.consuming(), topology.names(), arguments, this.publisher);
        Means means = new Means(link.consuming(), publisher, topology, ledgers, host, steps);
        check = new Check(ledgers, host, steps, MOST_RESULT_BYTES);
        aftermath = new Aftermath(means, pool);
        Replies replies = new Replies(link.consuming(), publisher);
        adder = new Adder(means, replies, pool);
        expanders = IntStream.range(0, EXPANDERS)
                .mapToObj(i -> new Expander(means, replies, pool))
                .toList();
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, THREAD);
        thread.setDaemon(true);
        return thread;
    }

    private static void gone(String ledger) {
        throw new Gone(ledger);
    }

    /** For tests: told of each step. */
    public void watch(Steps watcher) {
        steps.by(watcher);
    }

    /** From now on this process puts units in place. */
    public void ensureExpanding() {
        topology.declareQueue(topology.names().intake(), arguments.plain());
        expanders.forEach(Expander::ensureConsuming);
    }

    /** All or nothing; answers when the jobs are in place. */
    public CompletionStage<List<Added>> add(
            List<Member> members, Map<JobRef, Lease> leases, Function<Lease, Optional<Running>> runs) {
        ensureExpanding();
        return adder.add(new Unit(members), leases, runs);
    }

    /**
     * Tells the child's parent how it ended, and releases the parent when that was what it waited for. The child is to
     * be acknowledged when the stage has completed, not before.
     *
     * @param repeated true when the child may have told it before
     * @param stored run when it is safe
     */
    public CompletionStage<@Nullable Void> ended(
            JobRecord child, Result result, boolean repeated, Instant now, Runnable stored) {
        JobRef parent = parentOf(child);
        int expected = Family.of(child).expected();
        return ledgers.write(parent, result)
                .handleAsync(
                        (done, failure) -> {
                            boolean gone = failure instanceof Gone;
                            if (failure != null && !gone) throw new CompletionException(failure);
                            steps.reached(Step.RESULT_STORED, parent);
                            stored.run();
                            boolean always = result.verdict().decides() || repeated || expected == 0;
                            if (!gone && (always || ledgers.mayBeComplete(parent, expected + 1))) {
                                steps.reached(Step.COUNTED, parent);
                                check.check(parent, now);
                            }
                            steps.reached(Step.TOLD, parent);
                            return null;
                        },
                        pool);
    }

    private static JobRef parentOf(JobRecord child) {
        if (child.body().parent() == null) throw new IllegalArgumentException(child.ref() + " is nobody's child");
        return child.body().parent().parent();
    }

    /** Why a running parent cannot complete; empty when it can. */
    public CompletionStage<Optional<Settled>> hindrance(JobRecord parent) {
        if (!Family.of(parent).open()) return CompletableFuture.completedStage(Optional.empty());
        return CompletableFuture.supplyAsync(
                () -> read(parent).map(Flows::hindrance).orElse(Optional.of(new Settled.LeaseLost())), pool);
    }

    private static Optional<Settled> hindrance(LedgerState state) {
        if (!state.failed().isEmpty()) return Optional.of(failed(state));
        return state.isPending() ? Optional.of(new Settled.ChildrenPending()) : Optional.empty();
    }

    private static Settled failed(LedgerState state) {
        return new Settled.ChildrenFailed(
                state.failed().stream().map(Child::job).toList());
    }

    /**
     * What the parent's message and its ledger say together; empty when this message of the parent is out of date. A
     * ledger goes only when its parent has ended, or is in its queue with all that its children did. Who finds it gone
     * and knows of children that were pending then is an earlier message of a parent that was released twice.
     */
    private Optional<LedgerState> read(JobRecord parent) {
        List<Child> known = Family.of(parent).children();
        Optional<HeldLedger> taken = ledgers.take(parent.ref());
        if (taken.isEmpty()) return isPending(known) ? Optional.empty() : Optional.of(lastState(known));
        try (HeldLedger held = taken.get()) {
            return Optional.of(held.state().with(known));
        }
    }

    private static boolean isPending(List<Child> known) {
        return known.stream().anyMatch(child -> child.status() == Child.Status.PENDING);
    }

    /** A repeated run: what failed the parent was mended before it ended. */
    private static LedgerState lastState(List<Child> known) {
        return LedgerState.of(List.of())
                .with(known.stream()
                        .filter(child -> child.status() != Child.Status.FAILED)
                        .toList());
    }

    /**
     * The job as it will be kept when it has failed: what all its children did, as far as that is known by now. Empty
     * when this message of it is out of date.
     */
    public CompletionStage<Optional<JobRecord>> gathered(JobRecord parent) {
        Family family = Family.of(parent);
        if (!family.open()) return CompletableFuture.completedStage(Optional.of(parent));
        return CompletableFuture.supplyAsync(
                () -> read(parent).map(state -> {
                    boolean open = state.isPending() || !state.failed().isEmpty();
                    return family.withChildren(state.children()).withOpen(open).on(parent);
                }),
                pool);
    }

    /** Nobody reads its ledger any more. */
    public CompletionStage<@Nullable Void> drop(JobRecord parent) {
        if (!Family.of(parent).open()) return CompletableFuture.completedStage(null);
        return CompletableFuture.supplyAsync(
                () -> {
                    ledgers.delete(parent.ref(), Family.generationOf(parent));
                    steps.reached(Step.DROPPED, parent.ref());
                    return null;
                },
                pool);
    }

    /** How a running parent can wait. */
    public sealed interface Parked {
        /** It is in its ledger and will be released. */
        record Waits() implements Parked {}

        /** Nothing is to wait for: this is the job with all its children did. */
        record Nobody(JobRecord job) implements Parked {}

        /** It cannot. */
        record Cannot(Settled why) implements Parked {}

        /** Its message is out of date: it has ended or waits elsewhere. */
        record OutOfDate() implements Parked {}
    }

    /**
     * @param job as it is to come back
     * @param waits run when it waits, before it can be released
     */
    public CompletionStage<Parked> park(JobRecord job, Runnable waits) {
        if (!Family.of(job).open()) return CompletableFuture.completedStage(new Parked.Nobody(job));
        return CompletableFuture.supplyAsync(() -> parkNow(job, waits), pool);
    }

    private Parked parkNow(JobRecord job, Runnable waits) {
        Family family = Family.of(job);
        Optional<HeldLedger> taken = ledgers.take(job.ref());
        if (taken.isEmpty())
            return isPending(family.children()) ? new Parked.OutOfDate() : nobody(job, lastState(family.children()));
        try (HeldLedger held = taken.get()) {
            LedgerState state = held.state().with(family.children());
            if (!state.failed().isEmpty()) return new Parked.Cannot(failed(state));
            if (!state.isPending()) return nobody(job, state);
            JobRecord parked =
                    family.withOpen(false).withChildren(state.children()).on(job);
            int generation = state.hasRoot() ? state.root().generation() + 1 : 0;
            Ledgers.join(ledgers.write(job.ref(), new Root(parked, true, generation)), "parking job " + job.ref());
            steps.reached(Step.PARKED_AGAIN, job.ref());
            held.dropEarlier();
            waits.run();
            return new Parked.Waits();
        }
    }

    private static Parked nobody(JobRecord job, LedgerState state) {
        Family knowing = Family.of(job)
                .withOpen(false)
                .withGeneration(Family.generationOf(job) + 1)
                .withChildren(state.children());
        return new Parked.Nobody(knowing.on(job));
    }

    /** What is known of the children by now; the job's own message, and what came after it. */
    public List<Child> children(JobRecord parent) {
        Family family = Family.of(parent);
        if (!family.open()) return family.children();
        LedgerState state = read(parent)
                .orElseThrow(() -> new WrongStateException(
                        parent.ref(), "read the children of", "its lease is lost: it has ended or waits elsewhere"));
        if (state.excess() > 0)
            throw new WrongStateException(
                    parent.ref(),
                    "read the children of",
                    "they returned " + state.excess() + " bytes, and at most " + MOST_RESULT_BYTES + " can be read; let"
                            + " children store what is large elsewhere and return where it is");
        return state.children();
    }

    /**
     * The job as its run begins: it may have a ledger that its message does not know of, when an earlier run died, and
     * a child may have failed it since it was released. Empty when this message of it is out of date: nothing is to
     * run.
     */
    public Optional<JobRecord> begun(JobRecord job) {
        Family family = Family.of(job);
        if (job.status().deferredFailure() != null) return Optional.of(job);
        boolean has = family.open() || job.runs().stalls() > 0 && wasOpened(job);
        if (!has) return Optional.of(job);
        JobRecord open = family.withOpen(true).on(job);
        boolean failedBefore = family.children().stream().anyMatch(child -> child.status() == Child.Status.FAILED);
        return read(open)
                .map(state -> failedBefore
                        ? open
                        : state.failure()
                                .map(reason -> Check.failing(open, reason))
                                .orElse(open));
    }

    /** True when an earlier run of it has opened a ledger. */
    private boolean wasOpened(JobRecord job) {
        Optional<HeldLedger> taken = ledgers.take(job.ref());
        if (taken.isEmpty()) return false;
        try (HeldLedger held = taken.get()) {
            boolean over = held.state().isOver(job);
            if (over) ledgers.delete(held);
            return !over;
        }
    }

    /** Gives up what waits too long for an answer; puts right what a broker that was killed may have forgotten. */
    public void lookAround() {
        publisher.checkPatience();
        aftermath.look();
    }

    @Override
    public void close() {
        pool.shutdown();
        try {
            if (!pool.awaitTermination(5, TimeUnit.SECONDS)) pool.shutdownNow();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        publisher.close();
    }
}
