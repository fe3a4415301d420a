package dev.aurochs.cli;

import dev.aurochs.cli.output.Document;
import dev.aurochs.cli.output.Table;
import dev.aurochs.queue.Queues;
import dev.aurochs.queue.job.QueueName;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code queues}: all queues of the store. */
@Command(
        name = "queues",
        header = "List all queues with their counts.",
        customSynopsis = "aurochs queues [OPTIONS]",
        sortOptions = false,
        optionListHeading = "%nOptions:%n")
final class QueuesCommand extends QueueCommand {
    @Mixin
    private JsonOption output;

    @Override
    public Integer call() throws Exception {
        return withQueues(queues -> {
            if (output.isSet()) print(Document.array(documents(queues)));
            else if (queues.names().isEmpty())
                tell("there are no queues yet in " + queues.info().address());
            else print(table(queues));
            return Exit.DONE;
        });
    }

    private static List<Document> documents(Queues queues) {
        List<Document> documents = new ArrayList<>();
        for (QueueName listed : queues.names()) {
            String name = listed.value();
            boolean paused = queues.queue(name).settings().paused();
            CountRows rows = new CountRows(queues.queue(name).counts());
            Document document = new Document().put("queue", name).put("isPaused", paused);
            documents.add(rows.into(document));
        }
        return documents;
    }

    private static Table table(Queues queues) {
        List<Object> headings = new ArrayList<>(List.of("QUEUE"));
        CountRows.labels().forEach(label -> headings.add(label.toUpperCase(java.util.Locale.ROOT)));
        Table table = Table.withHeadings(headings.toArray());
        for (QueueName listed : queues.names()) {
            String name = listed.value();
            CountRows rows = new CountRows(queues.queue(name).counts());
            List<Object> cells = new ArrayList<>();
            cells.add(queues.queue(name).settings().paused() ? name + " (paused)" : name);
            CountRows.labels().forEach(label -> cells.add(rows.shown(label)));
            table.row(cells.toArray());
        }
        return table;
    }
}
