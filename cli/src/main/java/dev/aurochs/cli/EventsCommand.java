package dev.aurochs.cli;

import dev.aurochs.cli.output.Texts;
import dev.aurochs.cli.work.StopSignals.Stop;
import dev.aurochs.queue.QueueEvents;
import dev.aurochs.queue.Queues;
import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.EventPosition;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.spi.BackendInfo;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.EventBatch;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code events}: what happens in a queue, or has happened. */
@Command(
        name = "events",
        header = "Print what happens in a queue, one JSON object a line.",
        customSynopsis = "aurochs events QUEUE [--from-start] [--no-follow] [OPTIONS]",
        sortOptions = false,
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footerHeading =
                "%nEach line has event, queue and at (ISO-8601, UTC); those about a job have its id; and further:%n",
        footer = {
            "  added                        name",
            "  waiting, waiting-children    from: the state it comes from, null when it is new",
            "  delayed                      dueAt",
            "  active, stalled, duplicated  nothing",
            "  progress                     progress: as the job reported it",
            "  completed                    result",
            "  failed                       failedReason; it is for good: a run that is retried shows as waiting or delayed",
            "  retries-exhausted            attemptsMade; follows failed when no attempt was left",
            "  removed                      from",
            "  deduplicated                 deduplicationId, refusedId",
            "and about the queue as a whole:",
            "  paused, resumed, drained     nothing; drained is a hint that nothing is left to do",
            "  cleaned                      jobs: how many were removed",
            "  custom, unknown              name, fields",
            "Fields may be added, none is renamed. About the newest 10,000 events of a queue are kept.",
            "",
            "Examples:",
            "  aurochs events mail --from-start --no-follow",
            "  aurochs events mail | jq -r 'select(.event == \"failed\") | .id'",
            "",
            "Runs until it gets a signal (exit code 130 or 143); with --no-follow it ends with 0."
        })
final class EventsCommand extends QueueCommand {
    private static final Duration BETWEEN_SIGNALS = Duration.ofMillis(250);
    private static final Duration BEFORE_RECONNECT = Duration.ofSeconds(1);

    @Parameters(index = "0", paramLabel = "QUEUE", converter = QueueValue.class, description = "The queue.")
    private QueueName queue;

    @Option(names = "--from-start", description = "Begin with the oldest event that is kept. Default: from now on.")
    private boolean fromStart;

    @Option(names = "--no-follow", description = "Print the events that are kept, from the oldest, and end.")
    private boolean noFollow;

    @Option(names = "--json", order = 80, description = "Accepted; events are always JSON.")
    private boolean json;

    private EventPosition position = EventPosition.NOW;
    /** Else a listener always begins with what happens from then on. */
    private boolean replays;

    @Override
    public Integer call() throws Exception {
        boolean past = fromStart || noFollow;
        if (past) position = EventPosition.START;
        try (Queues queues = Queues.open(address())) {
            BackendInfo info = queues.info();
            replays = info.has(Capability.EVENT_REPLAY);
            if (past) info.require(Capability.EVENT_REPLAY, "leave out --from-start and --no-follow");
            if (noFollow) return printKept(queues);
            if (!info.has(Capability.SHARED))
                tell("until this ends no other process can use " + info.address() + "; to see what has happened"
                        + " there, and end, use --no-follow");
            return follow(queues);
        }
    }

    private int printKept(Queues queues) throws InterruptedException {
        try (QueueEvents events = queues.eventsFrom(position, queue.value())) {
            EventBatch batch;
            do {
                batch = events.read(Duration.ZERO);
                print(batch);
            } while (!batch.events().isEmpty() && isHeard());
        }
        return Exit.DONE;
    }

    private int follow(Queues queues) throws InterruptedException {
        world().stops().listen();
        Optional<Stop> stop = Optional.empty();
        boolean away = false;
        while (stop.isEmpty() && isHeard()) {
            try (QueueEvents events = queues.eventsFrom(position, queue.value())) {
                if (away) tell("the store is back" + (replays ? "" : "; what happened meanwhile was not heard"));
                away = false;
                stop = printUntilStopped(events);
            } catch (BackendUnavailableException trouble) {
                if (!away) tell("waiting for the store: " + Texts.oneLine(String.valueOf(trouble.getMessage())));
                away = true;
                stop = world().stops().await(BEFORE_RECONNECT);
            }
        }
        return stop.map(Stop::exitCode).orElse(Exit.DONE);
    }

    private Optional<Stop> printUntilStopped(QueueEvents events) throws InterruptedException {
        Optional<Stop> stop = Optional.empty();
        while (stop.isEmpty() && isHeard()) {
            print(events.read(BETWEEN_SIGNALS));
            stop = world().stops().await(Duration.ZERO);
        }
        return stop;
    }

    private void print(EventBatch batch) {
        if (batch.gap()) tell("some events were dropped before they could be read");
        StringBuilder lines = new StringBuilder();
        batch.events().forEach(event -> lines.append(EventDocuments.of(event)).append('\n'));
        world().out().print(lines);
        world().out().flush();
        if (replays) position = batch.next();
    }

    /** False once standard output was closed, as {@code head} does when it has enough. */
    private boolean isHeard() {
        return !world().out().checkError();
    }
}
