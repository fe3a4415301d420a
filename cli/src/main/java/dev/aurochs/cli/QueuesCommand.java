package dev.aurochs.cli;

import dev.aurochs.cli.output.Document;
import dev.aurochs.cli.output.Table;
import dev.aurochs.cli.output.Times;
import dev.aurochs.queue.Queues;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.QueueSettings;
import java.time.Duration;
import java.time.Instant;
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
        optionListHeading = "%nOptions:%n",
        footer = {"", "--json also tells the settings of each: paused, held until, rate limit, concurrency."})
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
            Document document = new Document().put("queue", name);
            SettingsDocument.into(document, queues.queue(name).settings());
            documents.add(new CountRows(queues.queue(name).counts()).into(document));
        }
        return documents;
    }

    private Table table(Queues queues) {
        List<Object> headings = new ArrayList<>(List.of("QUEUE"));
        CountRows.labels().forEach(label -> headings.add(label.toUpperCase(java.util.Locale.ROOT)));
        Table table = Table.withHeadings(headings.toArray());
        for (QueueName listed : queues.names()) {
            String name = listed.value();
            CountRows rows = new CountRows(queues.queue(name).counts());
            List<Object> cells = new ArrayList<>();
            cells.add(name + held(queues.queue(name).settings()));
            CountRows.labels().forEach(label -> cells.add(rows.shown(label)));
            table.row(cells.toArray());
        }
        return table;
    }

    private String held(QueueSettings settings) {
        if (settings.paused()) return " (paused)";
        Instant now = world().clock().instant();
        return settings.heldUntil()
                .filter(now::isBefore)
                .map(until -> " (held for " + Times.rough(Duration.between(now, until)) + ")")
                .orElse("");
    }
}
