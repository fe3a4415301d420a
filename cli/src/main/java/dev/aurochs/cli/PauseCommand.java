package dev.aurochs.cli;

import dev.aurochs.cli.input.Durations;
import dev.aurochs.cli.input.UsageException;
import dev.aurochs.cli.output.Document;
import dev.aurochs.queue.Queue;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.QueueName;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pause}: holds a queue. */
@Command(
        name = "pause",
        header = "Hold a queue: no worker anywhere claims from it; running jobs go on.",
        customSynopsis = "aurochs pause QUEUE [--for DURATION] [OPTIONS]",
        sortOptions = false,
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  aurochs pause mail",
            "  aurochs pause mail --for 10m",
            "",
            "Prints 'N jobs': how many are waiting in the queue. --json prints the queue's settings too.",
            "Until-empty workers do not wait for a paused queue; they sit a --for out."
        })
final class PauseCommand extends QueueCommand {
    @Parameters(index = "0", paramLabel = "QUEUE", converter = QueueValue.class, description = "The queue.")
    private QueueName queue;

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            converter = AddOptions.DurationValue.class,
            description = "Only for so long; then the queue goes on by itself. Default: until 'resume'.")
    private @Nullable Duration span;

    @Mixin
    private JsonOption output;

    @Override
    public Integer call() throws Exception {
        if (span != null && span.isZero())
            throw new UsageException("option --for 0: must be more than 0; without --for it is until 'resume'");
        return withQueues(queues -> {
            Queue target = queues.queue(queue.value());
            if (span == null) target.pause();
            else target.hold(span);
            print(shown(target, output));
            tell("queue '" + queue + "' is " + (span == null ? "paused" : "held for " + Durations.format(span))
                    + "; running jobs go on");
            return Exit.DONE;
        });
    }

    /** How many jobs wait in a queue that was paused or resumed, and on request its settings. */
    static String shown(Queue target, JsonOption output) {
        OptionalLong waiting = target.counts().of(JobState.WAITING);
        if (!output.isSet()) return JobsDone.text(waiting) + " jobs";
        Document document = new Document()
                .put("queue", target.name().value())
                .put("jobs", waiting.isPresent() ? (Number) waiting.getAsLong() : null);
        return SettingsDocument.into(document, target.settings()).toString();
    }
}
