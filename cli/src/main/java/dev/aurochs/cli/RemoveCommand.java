package dev.aurochs.cli;

import dev.aurochs.queue.Queue;
import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobNotFoundException;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.WrongStateException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code remove}: removes jobs by id. */
@Command(
        name = "remove",
        header = "Remove jobs that are not running.",
        customSynopsis = "aurochs remove QUEUE ID... [--dry-run] [OPTIONS]",
        sortOptions = false,
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExample:%n",
        footer = {
            "  aurochs remove mail 12 13",
            "",
            "Prints 'N jobs'. If one fails the others are still done, and the exit code is 1.",
            "Children of a removed parent stay; a parent waits for one child less."
        })
final class RemoveCommand extends QueueCommand {
    @Parameters(index = "0", paramLabel = "QUEUE", converter = QueueValue.class, description = "The queue.")
    private QueueName queue;

    @Parameters(index = "1", arity = "1..*", paramLabel = "ID", description = "Which jobs.")
    private List<String> ids;

    @Option(names = "--yes", description = "Accepted for scripts; this command does not ask, the ids say it all.")
    private boolean yes;

    @Option(names = "--dry-run", description = "Only print how many jobs it would be; change nothing.")
    private boolean dryRun;

    @Mixin
    private JsonOption output;

    @Override
    public Integer call() throws Exception {
        return new EachJob(this, output, dryRun).of(queue, ids, dryRun ? this::look : Queue::remove);
    }

    /** Fails as removing would. */
    private void look(Queue source, String id) {
        JobRef ref = new JobRef(queue, JobId.of(id));
        JobRecord job = source.find(id).orElseThrow(() -> new JobNotFoundException(ref));
        if (job.state() == JobState.ACTIVE) throw new WrongStateException(ref, "remove", "job " + ref + " is running");
    }
}
