package dev.aurochs.cli;

import dev.aurochs.queue.Queue;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.QueueName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code pause}: holds a queue. */
@Command(
        name = "pause",
        header = "Hold a queue: no worker anywhere claims from it; running jobs go on.",
        customSynopsis = "aurochs pause QUEUE [OPTIONS]",
        sortOptions = false,
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footer = {"", "Prints 'N jobs': how many are waiting in the queue."})
final class PauseCommand extends QueueCommand {
    @Parameters(index = "0", paramLabel = "QUEUE", converter = QueueValue.class, description = "The queue.")
    private QueueName queue;

    @Override
    public Integer call() throws Exception {
        return withQueues(queues -> {
            Queue target = queues.queue(queue.value());
            target.pause();
            print(new CountRows(target.counts()).shown(JobState.WAITING.label()) + " jobs");
            tell("queue '" + queue + "' is paused; running jobs go on");
            return Exit.DONE;
        });
    }
}
