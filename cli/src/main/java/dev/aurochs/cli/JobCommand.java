package dev.aurochs.cli;

import dev.aurochs.cli.output.Document;
import dev.aurochs.cli.output.Times;
import dev.aurochs.queue.Queue;
import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobNotFoundException;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.Page;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.job.QueueName;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code job}: everything about one job. */
@Command(
        name = "job",
        header = "Show everything about one job: data, attempts, failures, result, children, log.",
        customSynopsis = "aurochs job QUEUE ID [OPTIONS]",
        sortOptions = false,
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footer = {"", "Children and log lines are shown up to 1,000 each."})
final class JobCommand extends QueueCommand {
    private static final int MOST_SHOWN = 1_000;

    @Parameters(index = "0", paramLabel = "QUEUE", converter = QueueValue.class, description = "The queue.")
    private QueueName queue;

    @Parameters(index = "1", paramLabel = "ID", description = "The job's id.")
    private String id;

    @Mixin
    private JsonOption output;

    @Override
    public Integer call() throws Exception {
        return withQueues(queues -> {
            Queue source = queues.queue(queue.value());
            JobRecord job =
                    source.find(id).orElseThrow(() -> new JobNotFoundException(new JobRef(queue, JobId.of(id))));
            Page<Child> children = source.children(id, PageRequest.first(MOST_SHOWN));
            Page<String> log = source.log(id, PageRequest.first(MOST_SHOWN));
            if (output.isSet()) print(document(job, children.items(), log.items()));
            else lines(job).lines(children.items(), log.items()).forEach(this::print);
            if (children.next().isPresent() || log.next().isPresent())
                tell("only the first " + MOST_SHOWN + " children and log lines are shown");
            return Exit.DONE;
        });
    }

    private JobLines lines(JobRecord job) {
        return new JobLines(job, new Times(world().clock().instant(), world().terminal()));
    }

    private static String document(JobRecord job, List<Child> children, List<String> log) {
        Document document = JobDocuments.of(job);
        document.put("children", children.stream().map(JobDocuments::of).toList());
        return document.putTexts("log", log).toString();
    }
}
