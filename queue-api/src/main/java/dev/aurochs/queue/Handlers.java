package dev.aurochs.queue;

import dev.aurochs.queue.internal.RetryPolicy;
import dev.aurochs.queue.internal.Run;
import dev.aurochs.queue.internal.Runner;
import dev.aurochs.queue.job.Failure;
import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.spi.Outcome;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Finds the handler of a job by its name, runs it, and turns what comes back into an outcome (rules W4, W6–W8). */
final class Handlers implements Runner {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final int MOST_STACK_CHARACTERS = 16 << 10;

    private final Map<String, Typed<?>> byName;
    private final @Nullable Typed<?> catchAll;
    private final RetryPolicy retries;
    private final Context context;

    /** A handler and the type of its payload; {@link Json} itself is passed on unread. */
    record Typed<T>(Type type, Handler<T> handler) {
        @SuppressWarnings({"unchecked", "NullAway"})
        @Nullable
        Object run(JobContext job, PayloadCodec codec) throws Exception {
            Object payload = type == Json.class ? job.payload() : decoded(job, codec);
            return handler.run((T) payload, job);
        }

        private @Nullable Object decoded(JobContext job, PayloadCodec codec) {
            try {
                return codec.decode("payload", job.payload(), type);
            } catch (InvalidInputException unreadable) {
                throw new UnrecoverableException(unreadable.getMessage(), unreadable);
            }
        }
    }

    Handlers(Map<String, Typed<?>> byName, @Nullable Typed<?> catchAll, RetryPolicy retries, Context context) {
        this.byName = Map.copyOf(byName);
        this.catchAll = catchAll;
        this.retries = retries;
        this.context = context;
    }

    @Override
    public Outcome run(Run run) {
        JobRecord job = run.claimed().record();
        MDC.put("queue", job.ref().queue().value());
        MDC.put("jobId", job.id().value());
        MDC.put("jobName", job.name());
        MDC.put("attempt", Integer.toString(job.runs().made() + 1));
        try {
            return handled(run, job);
        } finally {
            MDC.remove("queue");
            MDC.remove("jobId");
            MDC.remove("jobName");
            MDC.remove("attempt");
        }
    }

    private Outcome handled(Run run, JobRecord job) {
        Typed<?> handler = byName.getOrDefault(job.name(), catchAll);
        if (handler == null)
            return retries.forGood(
                    job,
                    failure(
                            null,
                            "no handler for job name '" + job.name() + "'; known: " + new TreeSet<>(byName.keySet()),
                            ""));
        try {
            return outcome(job, handler.run(new JobContext(run, context), context.codec()));
        } catch (UnrecoverableException given) {
            return retries.forGood(job, failure(given));
        } catch (Throwable thrown) {
            LOG.debug("job {} failed", job.ref(), thrown);
            return retries.afterFailure(job, failure(thrown), now());
        }
    }

    private Outcome outcome(JobRecord job, @Nullable Object returned) {
        if (returned instanceof RunResult.FailedAttempt failed)
            return retries.afterFailure(job, failure(null, failed.reason(), ""), now());
        if (returned instanceof RunResult.RetryAfter later)
            return retries.retryAfter(job, failure(null, later.reason(), ""), later.delay(), now());
        if (returned instanceof RunResult.Postpone later) return new Outcome.Postponed(now().plus(later.delay()));
        if (returned instanceof RunResult.Fail fail) return retries.forGood(job, failure(null, fail.reason(), ""));
        if (returned instanceof RunResult.WaitForChildren) return new Outcome.AwaitChildren();
        if (returned instanceof RunResult.RateLimited limited) return new Outcome.RateLimited(limited.hold());
        Object result = returned instanceof RunResult.Complete complete ? complete.result() : returned;
        try {
            return new Outcome.Completed(context.encode("result", result));
        } catch (InvalidInputException unstorable) {
            return retries.forGood(job, failure(unstorable));
        }
    }

    private Failure failure(Throwable thrown) {
        String message = thrown.getMessage() == null ? thrown.getClass().getName() : thrown.getMessage();
        StringWriter stack = new StringWriter();
        thrown.printStackTrace(new PrintWriter(stack));
        return failure(thrown.getClass().getName(), message, stack.toString());
    }

    private Failure failure(@Nullable String type, String message, String stack) {
        return new Failure(type, bounded(message), bounded(stack), now());
    }

    /** At most 16 KiB in UTF-8. */
    private static String bounded(String text) {
        int most = Math.min(text.length(), MOST_STACK_CHARACTERS);
        while (text.substring(0, most).getBytes(StandardCharsets.UTF_8).length > MOST_STACK_CHARACTERS)
            most -= most / 4 + 1;
        return text.substring(0, most);
    }

    private Instant now() {
        return context.time().instant();
    }
}
