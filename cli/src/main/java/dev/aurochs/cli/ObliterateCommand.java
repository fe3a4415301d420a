package dev.aurochs.cli;

import dev.aurochs.cli.output.Texts;
import dev.aurochs.queue.Queue;
import dev.aurochs.queue.job.JobCounts;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.WrongStateException;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code obliterate}: removes a queue. */
@Command(
        name = "obliterate",
        header = "Remove a queue with everything in it: jobs in all states, events, settings.",
        customSynopsis = "aurochs obliterate QUEUE [--force] [--yes | --dry-run] [OPTIONS]",
        sortOptions = false,
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  aurochs obliterate trial --dry-run",
            "  aurochs obliterate trial --yes",
            "",
            "Prints 'N jobs'. While jobs run it is refused, and nothing is changed, unless forced.",
            "Asks on a terminal; elsewhere it needs --yes."
        })
final class ObliterateCommand extends QueueCommand {
    @Parameters(index = "0", paramLabel = "QUEUE", converter = QueueValue.class, description = "The queue.")
    private QueueName queue;

    @Option(
            names = "--force",
            description = {"Also while jobs run: they are removed, and what their workers", "make of them is dropped."})
    private boolean force;

    @Mixin
    private ConfirmOptions confirm;

    @Mixin
    private JsonOption output;

    @Override
    public Integer call() throws Exception {
        confirm.require("obliterate", world());
        return withQueues(queues -> {
            Queue target = queues.queue(queue.value());
            JobCounts counts = target.counts();
            long running = counts.of(JobState.ACTIVE).orElse(0);
            if (!force && running > 0)
                throw new WrongStateException(
                        queue,
                        "obliterate",
                        (running == 1 ? "1 job is" : running + " jobs are") + " running; wait, or use --force");
            OptionalLong found = found(counts);
            if (confirm.isDryRun()) print(JobsDone.dryRun(queue, found).shown(output));
            else if (confirm.agreed(question(found), world()))
                print(JobsDone.of(queue, obliterate(target)).shown(output));
            return Exit.DONE;
        });
    }

    /** A refusal leaves the queue as it was: not paused, unless it was before. */
    private long obliterate(Queue target) {
        boolean paused = target.settings().paused();
        try {
            return target.obliterate(force);
        } catch (WrongStateException refused) {
            if (!paused) target.resume();
            throw refused;
        }
    }

    private static OptionalLong found(JobCounts counts) {
        long sum = 0;
        for (JobState state : JobState.values()) {
            OptionalLong count = counts.of(state);
            if (count.isEmpty()) return count;
            sum += count.getAsLong();
        }
        return OptionalLong.of(sum);
    }

    private static String shown(OptionalLong found) {
        return found.isPresent() ? Texts.count(found.getAsLong(), "job") : "? jobs";
    }

    private String question(OptionalLong found) {
        return "Remove queue '" + queue + "' with everything in it (" + shown(found) + ")?";
    }
}
