package dev.aurochs.cli;

import dev.aurochs.cli.output.Document;
import dev.aurochs.queue.job.QueueName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code unschedule}: removes a schedule. */
@Command(
        name = "unschedule",
        header = "Remove a schedule and its delayed job; one that waits already still runs.",
        customSynopsis = "aurochs unschedule QUEUE ID [OPTIONS]",
        sortOptions = false,
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n")
final class UnscheduleCommand extends QueueCommand {
    @Parameters(index = "0", paramLabel = "QUEUE", converter = QueueValue.class, description = "The queue.")
    private QueueName queue;

    @Parameters(index = "1", paramLabel = "ID", description = "The schedule's id.")
    private String id;

    @Mixin
    private JsonOption output;

    @Override
    public Integer call() throws Exception {
        return withQueues(queues -> {
            boolean removed = queues.queue(queue.value()).schedules().remove(id);
            if (!removed) tell("aurochs: there is no schedule '" + id + "' in queue '" + queue + "'");
            if (output.isSet())
                print(new Document().put("id", id).put("removed", removed).toString());
            else if (removed) print("1 schedule");
            return removed ? Exit.DONE : Exit.FAILED;
        });
    }
}
