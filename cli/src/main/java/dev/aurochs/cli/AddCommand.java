package dev.aurochs.cli;

import dev.aurochs.cli.input.BulkReader;
import dev.aurochs.cli.input.BulkReader.BulkJob;
import dev.aurochs.cli.input.JsonArguments;
import dev.aurochs.cli.input.Names;
import dev.aurochs.cli.input.UsageException;
import dev.aurochs.cli.output.Document;
import dev.aurochs.queue.Job;
import dev.aurochs.queue.NewJobSpec;
import dev.aurochs.queue.Queue;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.QueueName;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code add}: adds one job, or all of a file. */
@Command(
        name = "add",
        header = "Add a job, or a file of jobs, and print the id.",
        customSynopsis = {
            "aurochs add QUEUE NAME [JSON | @FILE | -] [OPTIONS]",
            "       aurochs add QUEUE --bulk FILE.ndjson [OPTIONS]"
        },
        sortOptions = false,
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  aurochs add mail welcome '{\"to\":\"ada@example.org\"}'",
            "  aurochs add mail digest @letter.json --delay 10m --priority 5",
            "  date +%%s | aurochs add clock tick - --attempts 3 --backoff exponential:1s:0.5",
            "  aurochs add reports daily --dedup daily-report",
            "  aurochs add mail --bulk letters.ndjson",
            "",
            "A bulk file has one {\"name\": …, \"data\": …, \"opts\": …} a line. opts are BullMQ's names and",
            "milliseconds (attempts, delay, priority, backoff, lifo, jobId, deduplication, …); options given",
            "here hold for lines that do not say otherwise. One bad line, and nothing of the file is added."
        })
final class AddCommand extends QueueCommand {
    private static final Set<String> BUILT_IN_BACKOFFS = Set.of("none", "fixed", "exponential");

    @Parameters(
            index = "0",
            paramLabel = "QUEUE",
            converter = QueueValue.class,
            description = "The queue; it comes into being with its first job.")
    private QueueName queue;

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "What kind of job it is.")
    private @Nullable String name;

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "JSON",
            description = "Its data: one JSON value, @FILE, or - for standard input. Default: {}.")
    private @Nullable String json;

    @Mixin
    private AddOptions options;

    @Option(names = "--bulk", paramLabel = "FILE", description = "Adds a job for each line of this file.")
    private @Nullable Path bulk;

    @Mixin
    private JsonOption output;

    @Override
    public Integer call() throws Exception {
        JobOptions treatment = options.build();
        if (!BUILT_IN_BACKOFFS.contains(treatment.backoff().type()))
            tell("note: backoff '" + treatment.backoff().type() + "' is neither fixed nor exponential;"
                    + " a worker that does not know it fails the job for good");
        return bulk == null ? addOne(treatment) : addAll(bulk, treatment);
    }

    private int addOne(JobOptions treatment) throws Exception {
        if (name == null)
            throw new UsageException("argument NAME is missing; say what kind of job it is, or use --bulk FILE");
        String jobName = Names.job(name);
        Json data = JsonArguments.read(json, world().in());
        return withQueues(queues -> {
            Job job = queues.queue(queue.value()).add(jobName, data, treatment);
            tellIfKnown(job, treatment);
            print(output.isSet() ? document(job).toString() : job.id().value());
            return Exit.DONE;
        });
    }

    private int addAll(Path file, JobOptions treatment) throws Exception {
        if (name != null)
            throw new UsageException("argument '" + name + "': with --bulk the names and data come from the file");
        if (options.hasId())
            throw new UsageException("option --id: with --bulk the ids come from the file, as opts.jobId");
        List<BulkJob> lines = BulkReader.read(file.toString(), JsonArguments.file(file), treatment);
        return withQueues(queues -> {
            Queue target = queues.queue(queue.value());
            List<Job> jobs = target.addAll(lines.stream()
                    .map(line -> NewJobSpec.of(line.name(), line.data(), line.options()))
                    .toList());
            for (int i = 0; i < jobs.size(); i++)
                tellIfKnown(jobs.get(i), lines.get(i).options());
            if (output.isSet())
                print(Document.array(jobs.stream().map(AddCommand::document).toList()));
            else jobs.forEach(job -> print(job.id().value()));
            return Exit.DONE;
        });
    }

    private void tellIfKnown(Job job, JobOptions asked) {
        if (!job.isNew()) tell(JobLines.notAdded(job, asked));
    }

    private static Document document(Job job) {
        return new Document()
                .put("id", job.id().value())
                .put("queue", job.ref().queue().value())
                .put("added", job.isNew());
    }
}
