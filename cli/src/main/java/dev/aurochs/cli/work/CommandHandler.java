package dev.aurochs.cli.work;

import dev.aurochs.cli.exec.Commands;
import dev.aurochs.cli.exec.Ending;
import dev.aurochs.cli.exec.Results;
import dev.aurochs.cli.output.Texts;
import dev.aurochs.queue.Handler;
import dev.aurochs.queue.JobContext;
import dev.aurochs.queue.RunResult;
import dev.aurochs.queue.job.Json;
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
        tally.began();
        String prefix = job.queue() + "/" + job.id() + ": ";
        try (ChildrenFiles.OfJob files = children.of(job.children())) {
            Map<String, String> variables = new HashMap<>(environment);
            variables.putAll(files.variables());
            describe(job, variables);
            Ending ending =
                    commands.run(variables, payload.text() + "\n", line -> err.println(prefix + Texts.lines(line)));
            return outcome(ending, job, prefix);
        } catch (InterruptedException stopped) {
            tally.cutShort(job.record().ref());
            throw stopped;
        } finally {
            tally.over();
        }
    }

    private static void describe(JobContext job, Map<String, String> variables) {
        variables.put("AUROCHS_JOB_ID", job.id().value());
        variables.put("AUROCHS_JOB_NAME", job.name());
        variables.put("AUROCHS_QUEUE", job.queue().value());
        variables.put("AUROCHS_ATTEMPT", Integer.toString(job.attempt()));
        variables.put("AUROCHS_STALLS", Integer.toString(job.stalls()));
    }

    private Object outcome(Ending ending, JobContext job, String prefix) throws CommandFailedException {
        if (ending.succeeded()) {
            Json result = ending.overflowed() ? Json.NULL : Results.of(ending.output());
            if (!ending.overflowed() && result.byteLength() <= commands.outputLimit()) {
                tally.completed(job.record().ref());
                return result;
            }
            return forGood("the result has more than " + commands.outputLimit() + " bytes", job, prefix);
        }
        if (ending.failedForGood()) return forGood(ending.reason(), job, prefix);
        tally.failed(job.record().ref());
        err.println(
                prefix + "attempt " + job.attempt() + " of " + attempts(job) + " failed: " + shown(ending.reason()));
        throw new CommandFailedException(ending.reason());
    }

    private RunResult forGood(String reason, JobContext job, String prefix) {
        tally.failed(job.record().ref());
        err.println(prefix + "failed for good: " + shown(reason));
        return RunResult.fail(reason);
    }

    private static int attempts(JobContext job) {
        return Math.max(job.attempt(), job.record().options().attempts());
    }

    private static String shown(String reason) {
        String[] lines = reason.split("\n");
        return Texts.cut(Texts.oneLine(lines[lines.length - 1]), 200);
    }
}
