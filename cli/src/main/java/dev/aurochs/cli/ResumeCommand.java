package dev.aurochs.cli;

import dev.aurochs.queue.Queue;
import dev.aurochs.queue.job.QueueName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code resume}: lets a paused queue go on. */
@Command(
        name = "resume",
        header = "Let workers claim from a paused queue again.",
        customSynopsis = "aurochs resume QUEUE [OPTIONS]",
        sortOptions = false,
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExample:%n",
        footer = {
            "  aurochs resume mail",
            "",
            "Prints 'N jobs': how many are waiting in the queue. --json prints the queue's settings too.",
            "Also ends a 'pause --for' and the hold of a worker that was told to slow down."
        })
final class ResumeCommand extends QueueCommand {
    @Parameters(index = "0", paramLabel = "QUEUE", converter = QueueValue.class, description = "The queue.")
    private QueueName queue;

    @Mixin
    private JsonOption output;

    @Override
    public Integer call() throws Exception {
        return withQueues(queues -> {
            Queue target = queues.queue(queue.value());
            target.resume();
            if (target.settings().heldUntil().isPresent()) target.liftHold();
            print(PauseCommand.shown(target, output));
            tell("queue '" + queue + "' is open for workers");
            return Exit.DONE;
        });
    }
}
