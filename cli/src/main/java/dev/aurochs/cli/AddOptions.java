package dev.aurochs.cli;

import dev.aurochs.cli.input.Durations;
import dev.aurochs.cli.input.Grammar;
import dev.aurochs.cli.input.UsageException;
import dev.aurochs.queue.job.Backoff;
import dev.aurochs.queue.job.Deduplication;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.Retention;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** How a job is to be treated, as options of {@code add}. */
final class AddOptions {
    @Option(names = "--id", paramLabel = "ID", description = "An id of your own; adding it again adds nothing.")
    private @Nullable String id;

    @Option(
            names = "--delay",
            paramLabel = "DURATION",
            converter = DurationValue.class,
            description = "Runs after this time at the earliest.")
    private @Nullable Duration delay;

    @Option(names = "--priority", paramLabel = "N", description = "0 (none, first) to 2097151; lower runs first.")
    private @Nullable Integer priority;

    @Option(names = "--attempts", paramLabel = "N", description = "How often it may run in all. Default: 1.")
    private @Nullable Integer attempts;

    @Option(
            names = "--backoff",
            paramLabel = "TYPE:DURATION[:JITTER]",
            converter = BackoffValue.class,
            description = {
                "The wait between attempts: fixed:5s, exponential:1s,",
                "exponential:1s:0.5 (jitter 0 to 1). Default: none."
            })
    private @Nullable Backoff backoff;

    @Option(names = "--lifo", description = "Joins the front of the queue. Not together with a priority.")
    private boolean lifo;

    @Option(
            names = "--keep-completed",
            paramLabel = "KEEP",
            converter = RetentionValue.class,
            description = "How long completed jobs stay: all, none, 500, 7d.")
    private @Nullable Retention keepCompleted;

    @Option(
            names = "--keep-failed",
            paramLabel = "KEEP",
            converter = RetentionValue.class,
            description = "The same for failed ones.")
    private @Nullable Retention keepFailed;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = DurationValue.class,
            description = "The longest one run may take; then it is a failed attempt.")
    private @Nullable Duration timeout;

    @Option(
            names = "--dedup",
            paramLabel = "ID",
            description = {
                "A deduplication id: while a job holds it, adding with it",
                "adds nothing and prints that job's id."
            })
    private @Nullable String dedup;

    @Option(
            names = "--dedup-ttl",
            paramLabel = "DURATION",
            converter = DurationValue.class,
            description = "Holds it for this time. Default: until the job has finished.")
    private @Nullable Duration dedupTtl;

    boolean hasId() {
        return id != null;
    }

    /** The options, each value checked. */
    JobOptions build() {
        JobOptions.Builder options = JobOptions.builder().lifo(lifo);
        if (id != null) options.id(id);
        if (delay != null) options.delay(delay);
        if (priority != null) options.priority(priority);
        if (attempts != null) options.attempts(attempts);
        if (backoff != null) options.backoff(backoff);
        if (keepCompleted != null) options.keepCompleted(keepCompleted);
        if (keepFailed != null) options.keepFailed(keepFailed);
        if (timeout != null) options.timeout(timeout);
        if (dedup == null && dedupTtl != null) throw new UsageException("option --dedup-ttl: needs --dedup ID as well");
        if (dedup != null) options.deduplication(new Deduplication(dedup, dedupTtl));
        return options.build();
    }

    static final class DurationValue implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return Typed.value(() -> Durations.parse(text));
        }
    }

    static final class BackoffValue implements ITypeConverter<Backoff> {
        @Override
        public Backoff convert(String text) {
            return Typed.value(() -> Grammar.backoff(text));
        }
    }

    static final class RetentionValue implements ITypeConverter<Retention> {
        @Override
        public Retention convert(String text) {
            return Typed.value(() -> Grammar.keep(text));
        }
    }
}
