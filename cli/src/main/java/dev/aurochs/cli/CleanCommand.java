package dev.aurochs.cli;

import dev.aurochs.cli.input.Durations;
import dev.aurochs.cli.input.Grammar;
import dev.aurochs.cli.input.UsageException;
import dev.aurochs.queue.Queue;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Page;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.job.QueueName;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code clean}: removes what is old. */
@Command(
        name = "clean",
        header = "Remove the jobs of one state, all or the old ones.",
        customSynopsis =
                "aurochs clean QUEUE --state STATE [--older-than DURATION] [--limit N] [--yes | --dry-run] [OPTIONS]",
        sortOptions = false,
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  aurochs clean mail --state completed --older-than 7d --dry-run",
            "  aurochs clean mail --state failed --older-than 30d --limit 10000 --yes",
            "",
            "Prints 'N jobs'. Finished jobs go oldest first, others in the order that 'aurochs jobs' shows; running",
            "jobs are never cleaned. A parent of this queue that waited only for a job removed here goes with it,",
            "uncounted; one of another queue runs then. Asks on a terminal; elsewhere it needs --yes."
        })
final class CleanCommand extends QueueCommand {
    private static final int JOBS_PER_LOOK = 1_000;

    @Parameters(index = "0", paramLabel = "QUEUE", converter = QueueValue.class, description = "The queue.")
    private QueueName queue;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            required = true,
            converter = CleanableState.class,
            description = "completed, failed, waiting, delayed or waiting-children.")
    private JobState state;

    @Option(
            names = "--older-than",
            paramLabel = "DURATION",
            converter = AddOptions.DurationValue.class,
            description = {
                "Only jobs that finished longer ago than this; of unfinished ones,",
                "those that were added longer ago. Default: 0, which is all."
            })
    private Duration olderThan = Duration.ZERO;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many, 1 or more. Default: all.")
    private @Nullable Long limit;

    @Mixin
    private ConfirmOptions confirm;

    @Mixin
    private JsonOption output;

    static final class CleanableState implements ITypeConverter<JobState> {
        @Override
        public JobState convert(String text) {
            JobState state = Typed.value(() -> Grammar.state(text));
            if (state == JobState.ACTIVE)
                throw new picocli.CommandLine.TypeConversionException(
                        "running jobs are never cleaned; cancel or await them");
            return state;
        }
    }

    @Override
    public Integer call() throws Exception {
        if (limit != null && limit < 1) throw new UsageException("limit " + limit + ": must be 1 or more");
        confirm.require("clean", world());
        return withQueues(queues -> {
            Queue target = queues.queue(queue.value());
            if (confirm.isDryRun())
                print(JobsDone.dryRun(queue, OptionalLong.of(found(target))).shown(output));
            else if (confirm.agreed(question(target), world()))
                print(JobsDone.of(queue, target.clean(state, olderThan, limit == null ? 0 : limit))
                        .shown(output));
            return Exit.DONE;
        });
    }

    /** How many a clean would remove now; looks at the jobs one by one. */
    private long found(Queue target) {
        long most = limit == null ? Long.MAX_VALUE : limit;
        Instant until = world().clock().instant().minus(olderThan);
        long found = 0;
        PageRequest request = PageRequest.first(JOBS_PER_LOOK);
        while (true) {
            Page<JobRecord> page = target.list(state, request);
            found += page.items().stream()
                    .filter(job -> !moment(job).isAfter(until))
                    .count();
            if (found >= most || page.next().isEmpty()) return Math.min(found, most);
            request = PageRequest.after(page.next().get(), JOBS_PER_LOOK);
        }
    }

    private static Instant moment(JobRecord job) {
        Instant finished = job.status().finishedAt();
        return finished != null ? finished : job.body().createdAt();
    }

    private String question(Queue target) {
        String age = olderThan.isZero()
                ? ""
                : (state.isFinished() ? " that finished" : " that were added") + " more than "
                        + Durations.format(olderThan) + " ago";
        String which = limit == null ? "all " + state.label() + " jobs" : limit + " " + state.label() + " jobs at most";
        return "Remove " + which + " of queue '" + queue + "'" + age + " (it has "
                + JobsDone.text(target.counts().of(state)) + " " + state.label() + ")?";
    }
}
