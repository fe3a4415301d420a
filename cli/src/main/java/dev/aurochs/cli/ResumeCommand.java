package dev.aurochs.cli;

import dev.aurochs.queue.Queue;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.QueueName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code resume}: lets a paused queue go on. */
@Command(
        name = "resume",
        header = "Let workers claim from a paused queue again.",
        customSynopsis = "aurochs resume QUEUE [OPTIONS]",
        sortOptions = false,
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footer = {"", "Prints 'N jobs': how many are waiting in the queue."})
final class ResumeCommand extends QueueCommand {
    @Parameters(index = "0", paramLabel = "QUEUE", converter = QueueValue.class, description = "The queue.")
    private QueueName queue;

    @Override
    public Integer call() throws Exception {
        return withQueues(queues -> {
            Queue target = queues.queue(queue.value());
            target.resume();
            print(new CountRows(target.counts()).shown(JobState.WAITING.label()) + " jobs");
            tell("queue '" + queue + "' is open for workers");
            return Exit.DONE;
        });
    }
}
