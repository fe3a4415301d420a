package dev.aurochs.cli;

import dev.aurochs.cli.input.Durations;
import dev.aurochs.cli.output.Document;
import dev.aurochs.cli.output.Table;
import dev.aurochs.cli.output.Times;
import dev.aurochs.queue.job.Page;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.Recurrence;
import dev.aurochs.queue.job.ScheduleRecord;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code schedules}: the schedules of a queue. */
@Command(
        name = "schedules",
        header = "List the schedules of a queue: when each comes next, and how often it has.",
        customSynopsis = "aurochs schedules QUEUE [OPTIONS]",
        sortOptions = false,
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footer = {"", "'over': the limit or the end was reached; there is no pending job any more."})
final class SchedulesCommand extends QueueCommand {
    @Parameters(index = "0", paramLabel = "QUEUE", converter = QueueValue.class, description = "The queue.")
    private QueueName queue;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "At most so many. Default: 50.")
    private int limit;

    @Option(names = "--offset", paramLabel = "N", defaultValue = "0", description = "Leave out so many. Default: 0.")
    private long offset;

    @Mixin
    private JsonOption output;

    @Override
    public Integer call() throws Exception {
        PageRequest request = PageRequest.of(offset, limit);
        return withQueues(queues -> {
            Page<ScheduleRecord> page = queues.queue(queue.value()).schedules().list(request);
            List<ScheduleRecord> found = page.items();
            if (output.isSet())
                print(Document.array(
                        found.stream().map(SchedulesCommand::document).toList()));
            else if (found.isEmpty()) tell("there are no schedules in queue '" + queue + "'");
            else print(table(found));
            if (page.next().isPresent()) tell("there may be more; go on with --offset " + (offset + limit));
            return Exit.DONE;
        });
    }

    private Table table(List<ScheduleRecord> found) {
        Times times = new Times(world().clock().instant(), world().terminal());
        Table table = Table.withHeadings("ID", "WHEN", "JOB", "RUNS", "NEXT");
        for (ScheduleRecord record : found)
            table.row(
                    record.id(),
                    when(record.schedule().recurrence()),
                    record.schedule().jobName(),
                    record.runs(),
                    record.over() ? "over" : times.show(record.slot()));
        return table;
    }

    private static String when(Recurrence recurrence) {
        return recurrence.every() == null
                ? recurrence.cron() + " " + recurrence.zone()
                : "every " + Durations.format(recurrence.every());
    }

    private static Document document(ScheduleRecord record) {
        Recurrence recurrence = record.schedule().recurrence();
        return new Document()
                .put("id", record.id())
                .put("queue", record.schedule().queue().value())
                .put("name", record.schedule().jobName())
                .put("data", record.schedule().payload())
                .put(
                        "every",
                        recurrence.every() == null ? null : recurrence.every().toMillis())
                .put("offset", recurrence.offset().toMillis())
                .put("cron", recurrence.cron())
                .put("tz", recurrence.zone())
                .put("limit", recurrence.limit())
                .put("start", recurrence.start())
                .put("end", recurrence.end())
                .put("runs", record.runs())
                .put("next", record.over() ? null : record.slot())
                .put("job", record.over() ? null : record.job().value())
                .put("over", record.over());
    }
}
