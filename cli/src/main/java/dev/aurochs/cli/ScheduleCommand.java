package dev.aurochs.cli;

import dev.aurochs.cli.input.JsonArguments;
import dev.aurochs.cli.input.Names;
import dev.aurochs.cli.input.UsageException;
import dev.aurochs.cli.output.Document;
import dev.aurochs.queue.Job;
import dev.aurochs.queue.JobSchedules;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.Recurrence;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code schedule}: a job that comes again. */
@Command(
        name = "schedule",
        header = "Make or change a schedule: a job that comes again and again.",
        customSynopsis = {
            "aurochs schedule QUEUE ID --every DURATION NAME [JSON | @FILE | -] [OPTIONS]",
            "       aurochs schedule QUEUE ID --cron EXPRESSION [--tz ZONE] NAME [JSON | @FILE | -] [OPTIONS]"
        },
        sortOptions = false,
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  aurochs schedule mail pulse --every 30s ping",
            "  aurochs schedule mail nightly --cron '0 3 * * *' --tz Europe/Madrid report '{\"to\":\"ada\"}'",
            "  aurochs schedule mail monthly --cron '0 0 9 * * MON#1' digest --attempts 3",
            "",
            "Prints the id of the pending job. A schedule of that id is changed, and its pending job replaced.",
            "Each job is put in place when a worker begins the one before; runs missed meanwhile are not made up for.",
            "Cron: minute hour day month weekday, or seconds first; also names, L, # and @daily."
        })
final class ScheduleCommand extends QueueCommand {
    @Parameters(index = "0", paramLabel = "QUEUE", converter = QueueValue.class, description = "The queue.")
    private QueueName queue;

    @Parameters(index = "1", paramLabel = "ID", description = "The schedule's id.")
    private String id;

    @Parameters(index = "2", paramLabel = "NAME", description = "The name of its jobs.")
    private String name;

    @Parameters(
            index = "3",
            arity = "0..1",
            paramLabel = "JSON",
            description = "Their data: one JSON value, @FILE, or - for standard input. Default: {}.")
    private @Nullable String json;

    @ArgGroup(multiplicity = "1")
    private Rhythm rhythm;

    /** One of the two. */
    static final class Rhythm {
        @Option(
                names = "--every",
                paramLabel = "DURATION",
                converter = AddOptions.DurationValue.class,
                description = "Comes again after this time; the first one at once.")
        private @Nullable Duration every;

        @Option(names = "--cron", paramLabel = "EXPRESSION", description = "Comes as a cron expression says.")
        private @Nullable String cron;
    }

    @Option(names = "--tz", paramLabel = "ZONE", description = "The zone of the expression. Default: UTC.")
    private @Nullable String zone;

    @Option(
            names = "--offset",
            paramLabel = "DURATION",
            converter = AddOptions.DurationValue.class,
            description = "So long after the multiples of the interval.")
    private @Nullable Duration offset;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many jobs from now on.")
    private @Nullable Long limit;

    @Option(
            names = "--start",
            paramLabel = "MOMENT",
            converter = MomentValue.class,
            description = "Not before this moment: 2030-01-31T08:00:00Z.")
    private @Nullable Instant start;

    @Option(
            names = "--end",
            paramLabel = "MOMENT",
            converter = MomentValue.class,
            description = "Not after this moment.")
    private @Nullable Instant end;

    @Option(names = "--now", description = "The first one is due at once.")
    private boolean now;

    @Mixin
    private AddOptions options;

    @Mixin
    private JsonOption output;

    @Override
    public Integer call() throws Exception {
        Recurrence recurrence = recurrence();
        String jobName = Names.job(name);
        Json data = JsonArguments.read(json, world().in());
        JobOptions treatment = options.build();
        return withQueues(queues -> {
            JobSchedules schedules = queues.queue(queue.value()).schedules();
            Job job = now
                    ? schedules.upsertNow(id, recurrence, jobName, data, treatment)
                    : schedules.upsert(id, recurrence, jobName, data, treatment);
            print(output.isSet() ? document(job).toString() : job.id().value());
            return Exit.DONE;
        });
    }

    private Document document(Job job) {
        return new Document()
                .put("id", id)
                .put("queue", queue.value())
                .put("job", job.id().value());
    }

    private Recurrence recurrence() {
        if (rhythm.every != null && zone != null)
            throw new UsageException("option --tz: belongs to --cron; an interval has no zone");
        if (rhythm.cron != null && offset != null)
            throw new UsageException("option --offset: belongs to --every; write it into the cron expression");
        Recurrence recurrence = rhythm.every != null ? Recurrence.every(rhythm.every) : Recurrence.cron(rhythm.cron);
        if (offset != null) recurrence = recurrence.offset(offset);
        if (zone != null) recurrence = recurrence.in(zone(zone));
        if (limit != null) recurrence = recurrence.limit(limit);
        if (start != null) recurrence = recurrence.startingAt(start);
        return end == null ? recurrence : recurrence.endingAt(end);
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException unknown) {
            throw new UsageException("option --tz: '" + name + "' is no zone; write one like Europe/Madrid, or UTC");
        }
    }

    static final class MomentValue implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String text) {
            return Typed.value(() -> {
                try {
                    return Instant.parse(text);
                } catch (DateTimeParseException wrong) {
                    throw new UsageException("'" + text + "': a moment reads 2030-01-31T08:00:00Z");
                }
            });
        }
    }
}
