package dev.aurochs.cli;

import dev.aurochs.queue.Queue;
import dev.aurochs.queue.job.QueueName;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code remove}: removes jobs by id. */
@Command(
        name = "remove",
        header = "Remove jobs that are not running.",
        customSynopsis = "aurochs remove QUEUE ID... [OPTIONS]",
        sortOptions = false,
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footer = {"", "Prints 'N jobs'. If one fails the others are still done, and the exit code is 1."})
final class RemoveCommand extends QueueCommand {
    @Parameters(index = "0", paramLabel = "QUEUE", converter = QueueValue.class, description = "The queue.")
    private QueueName queue;

    @Parameters(index = "1", arity = "1..*", paramLabel = "ID", description = "Which jobs.")
    private List<String> ids;

    @Option(names = "--yes", description = "Accepted for scripts; this command does not ask, the ids say it all.")
    private boolean yes;

    @Override
    public Integer call() throws Exception {
        return new EachJob(this).of(queue, ids, Queue::remove);
    }
}
