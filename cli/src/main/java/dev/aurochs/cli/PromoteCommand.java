package dev.aurochs.cli;

import dev.aurochs.queue.Queue;
import dev.aurochs.queue.job.QueueName;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code promote}: makes delayed jobs wait now. */
@Command(
        name = "promote",
        header = "Make delayed jobs wait now, at the end of their level.",
        customSynopsis = "aurochs promote QUEUE ID... [OPTIONS]",
        sortOptions = false,
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExample:%n",
        footer = {
            "  aurochs promote mail 12 13",
            "",
            "Prints 'N jobs'. If one fails the others are still done, and the exit code is 1."
        })
final class PromoteCommand extends QueueCommand {
    @Parameters(index = "0", paramLabel = "QUEUE", converter = QueueValue.class, description = "The queue.")
    private QueueName queue;

    @Parameters(index = "1", arity = "1..*", paramLabel = "ID", description = "Which jobs.")
    private List<String> ids;

    @Mixin
    private JsonOption output;

    @Override
    public Integer call() throws Exception {
        return new EachJob(this, output, false).of(queue, ids, Queue::promote);
    }
}
