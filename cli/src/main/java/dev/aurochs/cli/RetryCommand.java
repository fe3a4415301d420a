package dev.aurochs.cli;

import dev.aurochs.cli.input.UsageException;
import dev.aurochs.queue.Queue;
import dev.aurochs.queue.job.QueueName;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code retry}: makes finished jobs wait again. */
@Command(
        name = "retry",
        header = "Make finished jobs wait again, by id, or all failed ones.",
        customSynopsis = {"aurochs retry QUEUE ID... [OPTIONS]", "       aurochs retry QUEUE --all-failed [OPTIONS]"},
        sortOptions = false,
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  aurochs retry mail 12 13",
            "  aurochs retry mail --all-failed",
            "",
            "Prints 'N jobs'. If one fails the others are still done, and the exit code is 1.",
            "A job keeps its count of attempts, so it gets one more run at least."
        })
final class RetryCommand extends QueueCommand {
    @Parameters(index = "0", paramLabel = "QUEUE", converter = QueueValue.class, description = "The queue.")
    private QueueName queue;

    @Parameters(index = "1", arity = "0..*", paramLabel = "ID", description = "Which jobs.")
    private List<String> ids = new ArrayList<>();

    @Option(names = "--all-failed", description = "All jobs of the queue that have failed.")
    private boolean allFailed;

    @Mixin
    private JsonOption output;

    @Override
    public Integer call() throws Exception {
        if (allFailed == !ids.isEmpty())
            throw new UsageException(
                    allFailed
                            ? "option --all-failed: leave it out, or leave out the ids"
                            : "give ids, or --all-failed");
        if (!allFailed) return new EachJob(this, output, false).of(queue, ids, Queue::retry);
        return withQueues(queues -> {
            long done = queues.queue(queue.value()).retryAllFailed();
            print(JobsDone.of(queue, done).shown(output));
            return Exit.DONE;
        });
    }
}
