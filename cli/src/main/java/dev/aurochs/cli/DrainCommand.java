package dev.aurochs.cli;

import dev.aurochs.cli.input.UsageException;
import dev.aurochs.queue.Queue;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.QueueName;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drain}: removes what waits. */
@Command(
        name = "drain",
        header = "Remove all waiting jobs of a queue, and on request the delayed ones.",
        customSynopsis = "aurochs drain QUEUE [--delayed] [--yes | --dry-run] [OPTIONS]",
        sortOptions = false,
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footer = {"", "Prints 'N jobs'. Running and finished jobs stay. Asks on a terminal; elsewhere it needs --yes."})
final class DrainCommand extends QueueCommand {
    @Parameters(index = "0", paramLabel = "QUEUE", converter = QueueValue.class, description = "The queue.")
    private QueueName queue;

    @Option(names = "--delayed", description = "Delayed jobs too.")
    private boolean delayed;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Option(names = "--dry-run", description = "Only print how many it would be.")
    private boolean dryRun;

    @Override
    public Integer call() throws Exception {
        if (!yes && !dryRun && !world().asks())
            throw new UsageException("drain removes jobs for good and cannot ask without a terminal;"
                    + " confirm with --yes, or look with --dry-run");
        return withQueues(queues -> {
            Queue target = queues.queue(queue.value());
            String found = shown(target);
            if (dryRun) print(found + " jobs");
            else if (yes || confirmed(found)) print(target.drain(delayed) + " jobs");
            else tell("nothing was removed");
            return Exit.DONE;
        });
    }

    private String shown(Queue target) {
        OptionalLong waiting = target.counts().of(JobState.WAITING);
        OptionalLong late = delayed ? target.counts().of(JobState.DELAYED) : OptionalLong.of(0);
        return waiting.isEmpty() || late.isEmpty() ? "?" : Long.toString(waiting.getAsLong() + late.getAsLong());
    }

    private boolean confirmed(String found) throws java.io.IOException {
        String which = delayed ? "waiting or delayed" : "waiting";
        world().err().print("Remove all jobs of queue '" + queue + "' that are " + which + " (" + found + ")? [y/N] ");
        world().err().flush();
        String answer = new BufferedReader(new InputStreamReader(world().in(), StandardCharsets.UTF_8)).readLine();
        return answer != null && answer.strip().matches("(?i)y|yes");
    }
}
