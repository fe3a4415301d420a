package dev.aurochs.cli;

import dev.aurochs.cli.output.Document;
import dev.aurochs.cli.output.Table;
import dev.aurochs.queue.job.JobCounts;
import dev.aurochs.queue.job.QueueName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code counts}: how many jobs of a queue stand where. */
@Command(
        name = "counts",
        header = "Show how many jobs of a queue stand where.",
        customSynopsis = "aurochs counts QUEUE [OPTIONS]",
        sortOptions = false,
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "prioritized is the part of waiting that has a priority, paused the part that a pause holds back.",
            "A queue nobody has used shows zeros; ? is what the backend cannot tell (null in JSON)."
        })
final class CountsCommand extends QueueCommand {
    @Parameters(index = "0", paramLabel = "QUEUE", converter = QueueValue.class, description = "The queue.")
    private QueueName queue;

    @Mixin
    private JsonOption output;

    @Override
    public Integer call() throws Exception {
        return withQueues(queues -> {
            JobCounts counts = queues.queue(queue.value()).counts();
            CountRows rows = new CountRows(counts);
            if (output.isSet()) {
                print(rows.into(new Document()).toString());
            } else {
                Table table = Table.plain();
                CountRows.labels().forEach(label -> table.row(label, rows.shown(label)));
                print(table);
            }
            if (counts.approximate()) tell("the backend counts approximately");
            return Exit.DONE;
        });
    }
}
