package dev.aurochs.cli.work;

import dev.aurochs.cli.exec.Commands;
import dev.aurochs.cli.exec.Ending;
import dev.aurochs.cli.exec.Results;
import dev.aurochs.cli.output.Texts;
import dev.aurochs.queue.Handler;
import dev.aurochs.queue.JobContext;
import dev.aurochs.queue.RunResult;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.StopReason;
import java.io.IOException;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs the command for a job: data in, result out, exit status to outcome. Thread-safe. */
final class CommandHandler implements Handler<Json> {
    private final Commands commands;
    private final ChildrenFiles children;
    private final Map<String, String> environment;
    private final Tally tally;
    private final PrintStream err;

    /** @param environment variables for every command; a null value removes one that the worker has */
    CommandHandler(Commands commands, ChildrenFiles children, Map<String, String> environment, Report report) {
        this.commands = commands;
        this.children = children;
        this.environment = environment;
        this.tally = report.tally();
        this.err = report.err();
    }

    /** Where a handler says what happens. */
    record Report(Tally tally, PrintStream err) {}

    @Override
    public @Nullable Object run(Json payload, JobContext job) throws Exception {
        tally.began(job.record().ref());
        String prefix = job.queue() + "/" + job.id() + ": ";
        try (ChildrenFiles.OfJob files = children.of(job.children())) {
            Map<String, String> variables = new HashMap<>(environment);
            variables.putAll(files.variables());
            describe(job, variables);
            Ending ending =
                    commands.run(variables, payload.text() + "\n", line -> err.println(prefix + Texts.lines(line)));
            return outcome(ending, job, prefix);
        } catch (InterruptedException stopped) {
            stopped(job, prefix);
            throw stopped;
        } catch (IOException | RuntimeException broken) {
            failed(attempt(job) + " failed: " + shown(String.valueOf(broken.getMessage())), job, prefix);
            throw broken;
        } finally {
            tally.over(job.record().ref());
        }
    }

    /** The worker settles a stopped run; a lost lease it reports itself. */
    private void stopped(JobContext job, String prefix) {
        StopReason reason = job.stopReason().orElse(StopReason.CLOSING);
        switch (reason) {
            case CLOSING, LEASE_LOST -> tally.cutShort();
            case CANCELLED -> failed("failed for good: cancelled", job, prefix);
            case TIMED_OUT -> failed(attempt(job) + " failed: it took too long", job, prefix);
        }
    }

    private static void describe(JobContext job, Map<String, String> variables) {
        variables.put("AUROCHS_JOB_ID", job.id().value());
        variables.put("AUROCHS_JOB_NAME", job.name());
        variables.put("AUROCHS_QUEUE", job.queue().value());
        variables.put("AUROCHS_ATTEMPT", Integer.toString(job.attempt()));
        variables.put("AUROCHS_STALLS", Integer.toString(job.stalls()));
    }

    private Object outcome(Ending ending, JobContext job, String prefix) {
        if (ending.succeeded()) {
            Json result = ending.overflowed() ? Json.NULL : Results.of(ending.output());
            if (ending.overflowed() || result.byteLength() > commands.outputLimit())
                return forGood("the result has more than " + commands.outputLimit() + " bytes", job, prefix);
            tally.completed(job.record().ref());
            return result;
        }
        if (ending.failedForGood()) return forGood(ending.reason(), job, prefix);
        failed(attempt(job) + " failed: " + shown(ending.reason()), job, prefix);
        return RunResult.failedAttempt(ending.reason());
    }

    private RunResult forGood(String reason, JobContext job, String prefix) {
        failed("failed for good: " + shown(reason), job, prefix);
        return RunResult.fail(reason);
    }

    private void failed(String what, JobContext job, String prefix) {
        tally.failed(job.record().ref());
        err.println(prefix + what);
    }

    private static String attempt(JobContext job) {
        int most = Math.max(job.attempt(), job.record().options().attempts());
        return "attempt " + job.attempt() + " of " + most;
    }

    private static String shown(String reason) {
        String[] lines = reason.split("\n");
        return Texts.cut(Texts.oneLine(lines[lines.length - 1]), 200);
    }
}
