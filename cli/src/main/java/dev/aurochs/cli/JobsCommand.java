package dev.aurochs.cli;

import dev.aurochs.cli.input.Grammar;
import dev.aurochs.cli.output.Document;
import dev.aurochs.cli.output.Table;
import dev.aurochs.cli.output.Texts;
import dev.aurochs.cli.output.Times;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Page;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.job.QueueName;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jobs}: the jobs of one state. */
@Command(
        name = "jobs",
        header = "List the jobs of a queue that are in one state.",
        customSynopsis = "aurochs jobs QUEUE STATE [OPTIONS]",
        sortOptions = false,
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footer = {"", "Next to run first; finished jobs newest first. 'aurochs job QUEUE ID' shows one of them whole."})
final class JobsCommand extends QueueCommand {
    private static final int WIDEST_TEXT = 60;

    @Parameters(index = "0", paramLabel = "QUEUE", converter = QueueValue.class, description = "The queue.")
    private QueueName queue;

    @Parameters(
            index = "1",
            paramLabel = "STATE",
            converter = StateValue.class,
            description = "waiting, delayed, active, waiting-children, completed or failed.")
    private JobState state;

    @Option(names = "--limit", paramLabel = "N", description = "How many at most, 1 to 10000. Default: 50.")
    private int limit = 50;

    @Option(names = "--offset", paramLabel = "N", description = "How many to pass over. Default: 0.")
    private long offset = 0;

    @Mixin
    private JsonOption output;

    static final class StateValue implements ITypeConverter<JobState> {
        @Override
        public JobState convert(String text) {
            return Typed.value(() -> Grammar.state(text));
        }
    }

    @Override
    public Integer call() throws Exception {
        PageRequest request = PageRequest.of(offset, limit);
        return withQueues(queues -> {
            Page<JobRecord> page = queues.queue(queue.value()).list(state, request);
            if (output.isSet()) print(documents(page));
            else if (page.items().isEmpty()) tell("no " + state.label() + " jobs in queue '" + queue + "'");
            else print(table(page));
            page.bad().forEach(bad -> tell("job '" + bad.job().id() + "' cannot be read: " + bad.problem()));
            if (page.next().isPresent() && !output.isSet()) tell("there are more: --offset " + (offset + limit));
            return Exit.DONE;
        });
    }

    private static String documents(Page<JobRecord> page) {
        List<Document> documents = new ArrayList<>();
        page.items().forEach(job -> documents.add(JobDocuments.of(job)));
        page.bad().forEach(bad -> documents.add(JobDocuments.of(bad)));
        return Document.array(documents);
    }

    private Table table(Page<JobRecord> page) {
        Table table = Table.withHeadings("ID", "NAME", "PRIORITY", "ATTEMPTS", whenHeading(), whatHeading());
        Times times = new Times(world().clock().instant(), world().terminal());
        for (JobRecord job : page.items())
            table.row(
                    job.id(),
                    Texts.cut(job.name(), WIDEST_TEXT),
                    job.status().priority(),
                    job.runs().made() + "/" + job.options().attempts(),
                    when(job, times),
                    Texts.cut(what(job), WIDEST_TEXT));
        return table;
    }

    private String whenHeading() {
        return switch (state) {
            case WAITING, WAITING_CHILDREN -> "ADDED";
            case DELAYED -> "DUE";
            case ACTIVE -> "STARTED";
            case COMPLETED, FAILED -> "FINISHED";
        };
    }

    private String when(JobRecord job, Times times) {
        return times.show(
                switch (state) {
                    case WAITING, WAITING_CHILDREN -> job.body().createdAt();
                    case DELAYED -> job.status().dueAt();
                    case ACTIVE -> job.status().startedAt();
                    case COMPLETED, FAILED -> job.status().finishedAt();
                });
    }

    private String whatHeading() {
        return switch (state) {
            case COMPLETED -> "RESULT";
            case FAILED -> "REASON";
            default -> "DATA";
        };
    }

    private String what(JobRecord job) {
        if (state == JobState.COMPLETED) return String.valueOf(job.status().result());
        String reason = job.status().failedReason();
        if (state == JobState.FAILED) return reason == null ? "-" : Texts.firstLine(reason);
        return job.body().payload().text();
    }
}
