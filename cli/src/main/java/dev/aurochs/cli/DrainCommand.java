package dev.aurochs.cli;

import dev.aurochs.queue.Queue;
import dev.aurochs.queue.job.JobCounts;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.QueueName;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drain}: removes what waits. */
@Command(
        name = "drain",
        header = "Remove all waiting jobs of a queue, and on request the delayed ones.",
        customSynopsis = "aurochs drain QUEUE [--delayed] [--yes | --dry-run] [OPTIONS]",
        sortOptions = false,
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  aurochs drain mail --dry-run",
            "  aurochs drain mail --delayed --yes",
            "",
            "Prints 'N jobs'. Running and finished jobs stay; so do parents that wait for children, but one of this",
            "queue whose last child is removed goes with it, uncounted; one of another queue runs then.",
            "Asks on a terminal; elsewhere it needs --yes."
        })
final class DrainCommand extends QueueCommand {
    @Parameters(index = "0", paramLabel = "QUEUE", converter = QueueValue.class, description = "The queue.")
    private QueueName queue;

    @Option(names = "--delayed", description = "Delayed jobs too.")
    private boolean delayed;

    @Mixin
    private ConfirmOptions confirm;

    @Mixin
    private JsonOption output;

    @Override
    public Integer call() throws Exception {
        confirm.require("drain", world());
        return withQueues(queues -> {
            Queue target = queues.queue(queue.value());
            OptionalLong found = found(target.counts());
            if (confirm.isDryRun()) print(JobsDone.dryRun(queue, found).shown(output));
            else if (confirm.agreed(question(found), world()))
                print(JobsDone.of(queue, target.drain(delayed)).shown(output));
            return Exit.DONE;
        });
    }

    private OptionalLong found(JobCounts counts) {
        OptionalLong waiting = counts.of(JobState.WAITING);
        OptionalLong late = delayed ? counts.of(JobState.DELAYED) : OptionalLong.of(0);
        return waiting.isEmpty() || late.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(waiting.getAsLong() + late.getAsLong());
    }

    private String question(OptionalLong found) {
        String which = delayed ? "waiting or delayed" : "waiting";
        return "Remove all jobs of queue '" + queue + "' that are " + which + " (" + JobsDone.text(found) + ")?";
    }
}
