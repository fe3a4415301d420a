package dev.aurochs.cli;

import dev.aurochs.cli.AddOptions.DurationValue;
import dev.aurochs.cli.input.Grammar;
import dev.aurochs.cli.input.UsageException;
import dev.aurochs.cli.work.Plan;
import dev.aurochs.cli.work.Shift;
import dev.aurochs.cli.work.StopSignals;
import dev.aurochs.queue.SharedSlots;
import dev.aurochs.queue.WorkerOptions;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.RateLimit;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code work}: runs a shell command for each job. */
@Command(
        name = "work",
        header = "Run a shell command for each job of one or several queues.",
        customSynopsis = "aurochs work QUEUE... --exec 'CMD' [OPTIONS]",
        sortOptions = false,
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nThe command:%n",
        footer = {
            "  runs by 'sh -c' in this folder and environment. Standard input is the job's data. Standard output is",
            "  the result: nothing is null, one JSON value is that value, anything else a string. Exit 0 completes",
            "  the job, 100 fails it for good, all else is a failed attempt with standard error as the reason.",
            "  AUROCHS_JOB_ID, AUROCHS_JOB_NAME, AUROCHS_QUEUE, AUROCHS_ATTEMPT (1 at first), AUROCHS_STALLS",
            "  AUROCHS_CHILDREN_FILE         a JSON object \"queue:id\" -> result of the children; also in",
            "                                AUROCHS_CHILDREN when that is at most 64 KiB",
            "  AUROCHS_CHILDREN_FAILED_FILE  the same with the reasons of those that failed",
            "",
            "The first SIGINT or SIGTERM lets running commands end for --grace; then, or at the second one, they are",
            "ended with all they started (SIGTERM, SIGKILL after 5 s) and their jobs go back at no attempt.",
            "",
            "Examples:",
            "  aurochs work mail --exec './send-mail' --concurrency 4 --limit 100/1m",
            "  aurochs work mail thumbs --exec 'jq .' --until-empty --fail-on-failed"
        })
final class WorkCommand extends QueueCommand {
    @Parameters(
            arity = "1..*",
            paramLabel = "QUEUE",
            converter = QueueValue.class,
            description = "The queues; they take turns.")
    private List<QueueName> queueNames;

    @Option(names = "--exec", paramLabel = "CMD", required = true, description = "The command.")
    private String command;

    @Option(names = "--concurrency", paramLabel = "N", description = "How many at once over all queues. Default: 1.")
    private int concurrency = 1;

    @Option(
            names = "--limit",
            paramLabel = "MAX/DURATION",
            converter = LimitValue.class,
            description = "At most MAX starts per DURATION in each queue, all workers together.")
    private @Nullable RateLimit limit;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = DurationValue.class,
            description = "The longest a run may take, for jobs that bring no timeout.")
    private @Nullable Duration timeout;

    @Option(
            names = "--lease",
            paramLabel = "DURATION",
            converter = DurationValue.class,
            description = "How soon a dead worker's jobs may run again. Default: 30s.")
    private Duration lease = Duration.ofSeconds(30);

    @Option(
            names = "--stalled-interval",
            paramLabel = "DURATION",
            converter = DurationValue.class,
            description = "How often to look for such jobs. Default: 15s.")
    private Duration stalledInterval = Duration.ofSeconds(15);

    @Option(
            names = "--grace",
            paramLabel = "DURATION",
            converter = DurationValue.class,
            description = "How long commands may run on after the first signal. Default: 30s.")
    private Duration grace = Duration.ofSeconds(30);

    @Option(
            names = "--until-empty",
            description = {
                "End when none of the queues has a waiting, delayed or active job, whoever runs it.",
                "Does not wait for a paused queue, nor for parents of children in queues not named."
            })
    private boolean untilEmpty;

    @Option(
            names = "--until-idle",
            paramLabel = "DURATION",
            converter = DurationValue.class,
            description = "End when nothing has run here for so long; more than 0.")
    private @Nullable Duration untilIdle;

    @Option(
            names = "--fail-on-failed",
            description = {
                "Exit with 1 if a job has failed for good here, with or without a run: also one that stalled",
                "too often, expired, or had a child that failed."
            })
    private boolean failOnFailed;

    static final class LimitValue implements ITypeConverter<RateLimit> {
        @Override
        public RateLimit convert(String text) {
            return Typed.value(() -> Grammar.limit(text));
        }
    }

    @Override
    public Integer call() throws Exception {
        Plan plan = plan();
        return withQueues(queues -> {
            tell("working on " + queueNames.stream().map(QueueName::value).collect(Collectors.joining(", ")) + " of "
                    + queues.info().address() + ", " + concurrency + " at once");
            Shift.End end = new Shift(queues, plan, world().stops(), world().err()).work();
            if (end.stop().isPresent())
                return end.stop().map(StopSignals.Stop::exitCode).get();
            return failOnFailed && end.jobFailed() ? Exit.FAILED : Exit.DONE;
        });
    }

    private Plan plan() {
        if (new HashSet<>(queueNames).size() < queueNames.size())
            throw new UsageException("argument QUEUE: a queue is named twice; name each once");
        if (command.isBlank()) throw new UsageException("option --exec: the command is empty; say what to run");
        if (untilEmpty && untilIdle != null)
            throw new UsageException("options --until-empty and --until-idle exclude each other; give one of them");
        if (untilIdle != null && untilIdle.isZero())
            throw new UsageException("option --until-idle 0: must be more than 0;"
                    + " --until-empty ends as soon as nothing is left to do");
        String worker = ProcessHandle.current().pid() + "-"
                + ThreadLocalRandom.current().nextInt(100_000, 1_000_000);
        WorkerOptions.Builder options = WorkerOptions.builder()
                .name(worker)
                .sharing(SharedSlots.of(concurrency))
                .lease(lease)
                .stalledInterval(stalledInterval)
                .closeGrace(grace);
        if (limit != null) options.rateLimit(limit);
        if (timeout != null) options.timeout(timeout);
        return new Plan(
                queueNames,
                command,
                worker,
                options.build(),
                grace,
                untilEmpty,
                Optional.ofNullable(untilIdle),
                world().environment(),
                world().clock());
    }
}
