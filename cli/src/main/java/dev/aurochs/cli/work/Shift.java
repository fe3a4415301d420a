package dev.aurochs.cli.work;

import dev.aurochs.cli.exec.Commands;
import dev.aurochs.cli.exec.Shell;
import dev.aurochs.cli.output.Texts;
import dev.aurochs.cli.output.Times;
import dev.aurochs.queue.Queue;
import dev.aurochs.queue.Queues;
import dev.aurochs.queue.Worker;
import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.UnsupportedCapabilityException;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Workers on one or several queues, from the first claim until nothing of them is left. */
public final class Shift {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    /** What a queue's moments may lie before those of this process. */
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(1);

    private final Queues queues;
    private final Plan plan;
    private final StopSignals stops;
    private final PrintStream err;
    private final Tally tally;

    public Shift(Queues queues, Plan plan, StopSignals stops, PrintStream err) {
        this.queues = queues;
        this.plan = plan;
        this.stops = stops;
        this.err = err;
        this.tally = new Tally(this::hasFailed);
    }

    /**
     * How it ended.
     *
     * @param stop the signal that cut commands short, if one did
     * @param jobFailed true when a job has failed for good here
     */
    public record End(Optional<StopSignals.Stop> stop, boolean jobFailed) {}

    /** Works until the plan or a signal ends it. When it returns, no command and no worker runs any more. */
    public End work() throws IOException, InterruptedException {
        List<Queue> watched =
                plan.queues().stream().map(name -> queues.queue(name.value())).toList();
        Emptiness emptiness = new Emptiness(watched, queues.info().has(Capability.SCHEDULES));
        if (plan.untilEmpty()) requireCounts(emptiness);
        int most = queues.info().limits().maxPayloadBytes();
        try (FailedJobs failures = new FailedJobs(queues, plan, tally, err);
                ChildrenFiles children = new ChildrenFiles();
                Commands commands = new Commands(Shell.of(plan.command(), plan.environment()), most)) {
            List<Runnable> ends = List.of(commands::close, children::close);
            Thread hook = new Thread(() -> ends.forEach(Runnable::run), "aurochs-exec-shutdown");
            Runtime.getRuntime().addShutdownHook(hook);
            try {
                stops.listen();
                CommandHandler handler =
                        new CommandHandler(commands, children, environment(), new CommandHandler.Report(tally, err));
                Instant began = plan.clock().instant().minus(CLOCKS_DIFFER);
                End end = run(start(handler), emptiness);
                return end.jobFailed() || !failures.anyKeptSince(began) ? end : new End(end.stop(), true);
            } finally {
                forget(hook);
            }
        }
    }

    private List<Worker> start(CommandHandler handler) {
        List<Worker> workers = new ArrayList<>();
        for (QueueName queue : plan.queues())
            workers.add(queues.worker(queue.value())
                    .onAny(handler)
                    .options(plan.options())
                    .start());
        return workers;
    }

    private End run(List<Worker> workers, Emptiness emptiness) throws InterruptedException {
        long began = System.nanoTime();
        Optional<StopSignals.Stop> stop = Optional.empty();
        while (stop.isEmpty() && !isDone(emptiness)) stop = stops.await(BETWEEN_LOOKS);
        stop.ifPresent(signal -> err.println(stopping()));
        Duration grace = stop.isPresent() ? plan.grace() : Duration.ofDays(1);
        Optional<StopSignals.Stop> cut = new ShiftEnd(workers, stops, tally).close(grace, stop);
        err.println(tally.summary() + " in " + Times.rough(Duration.ofNanos(System.nanoTime() - began)));
        return new End(cut, tally.jobFailed());
    }

    private boolean isDone(Emptiness emptiness) {
        if (tally.running() > 0) return false;
        if (plan.untilIdle().isPresent())
            return tally.idleNanos() >= plan.untilIdle().get().toNanos();
        return plan.untilEmpty() && isEmpty(emptiness);
    }

    /** While the store is away nobody can tell; the workers wait for it too. */
    private static boolean isEmpty(Emptiness emptiness) {
        try {
            return emptiness.reached();
        } catch (BackendUnavailableException away) {
            return false;
        }
    }

    private String stopping() {
        int running = tally.running();
        if (running == 0) return "stopping";
        return "stopping: " + Texts.count(running, "command") + " may run on for " + Times.rough(plan.grace())
                + "; a second signal ends " + (running == 1 ? "it" : "them") + " now";
    }

    private void requireCounts(Emptiness emptiness) {
        emptiness.uncountable().ifPresent(queue -> {
            throw new UnsupportedCapabilityException(
                    Capability.LOOKUP,
                    queues.info().name(),
                    "--until-empty needs to count the delayed jobs of queue '" + queue.name()
                            + "'; use --until-idle DURATION, which works everywhere");
        });
    }

    private boolean hasFailed(JobRef job) {
        if (!queues.info().has(Capability.LOOKUP)) return false;
        Optional<JobRecord> found =
                queues.queue(job.queue().value()).find(job.id().value());
        return found.map(record -> record.state() == JobState.FAILED).orElse(true);
    }

    /** The launcher may have set a locale for Java's sake; commands get the caller's own. */
    private Map<String, String> environment() {
        Map<String, String> variables = new HashMap<>();
        String given = plan.environment().get("AUROCHS_CALLERS_LC_ALL");
        if (given != null) {
            variables.put("LC_ALL", given.equals("unset") ? null : given);
            variables.put("AUROCHS_CALLERS_LC_ALL", null);
        }
        return variables;
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // The hook is at work.
        }
    }
}
