package dev.aurochs.tck.walk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.Failure;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.NewJob;
import dev.aurochs.queue.job.Runs;
import dev.aurochs.queue.spi.Outcome;
import dev.aurochs.queue.spi.Report;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a walk knows of one acknowledged job, where the store itself tells nothing but by claims. */
final class Expected {
    private final NewJob given;
    private final long number;
    private Runs runs = Runs.NONE;
    private List<Failure> failures = List.of();
    private Json payload;
    private @Nullable Json progress;
    private @Nullable Instant due;
    private boolean running;
    private @Nullable String end;

    Expected(NewJob given, long number) {
        this.given = given;
        this.number = number;
        this.payload = given.payload();
        boolean delayed = !given.options().delay().isZero();
        due = delayed ? given.createdAt().plus(given.options().delay()) : null;
    }

    NewJob given() {
        return given;
    }

    long number() {
        return number;
    }

    /** True until it was claimed for the first time, if it never had a delay. */
    boolean isFresh() {
        return runs.started() == 0 && given.options().delay().isZero();
    }

    boolean isOwed() {
        return end == null;
    }

    /** The name of the event that told of its end; null while it has none. */
    @Nullable
    String end() {
        return end;
    }

    /** It was handed out: it must be what was given, no other's, and not early. */
    void claimed(JobRecord record, Instant now) {
        String name = given.name();
        assertThat(end).as("'%s' had ended and came again", name).isNull();
        assertThat(running).as("'%s' runs already", name).isFalse();
        if (due != null) assertThat(now).as("'%s' came early", name).isAfterOrEqualTo(due);
        assertThat(record.name()).isEqualTo(name);
        assertThat(record.options()).as("options of '%s'", name).isEqualTo(given.options());
        assertThat(record.body().payload()).as("payload of '%s'", name).isEqualTo(payload);
        assertThat(record.status().progress()).as("progress of '%s'", name).isEqualTo(progress);
        assertThat(record.failures()).as("failures of '%s'", name).isEqualTo(failures);
        assertThat(record.runs().made()).as("runs of '%s' that ended", name).isEqualTo(runs.made());
        assertThat(record.runs().started()).as("starts of '%s'", name).isGreaterThan(runs.started());
        assertThat(record.runs().stalls()).as("stalls of '%s'", name).isGreaterThanOrEqualTo(runs.stalls());
        runs = record.runs();
        running = true;
        due = null;
    }

    void settled(Outcome outcome) {
        running = false;
        if (outcome instanceof Outcome.Completed) end = "completed";
        if (outcome instanceof Outcome.Failed) end = "failed";
        if (outcome instanceof Outcome.Retry retry) {
            runs = runs.plusMade();
            failures = retry.history();
            due = retry.due();
        }
        if (outcome instanceof Outcome.Postponed postponed) due = postponed.due();
    }

    void reported(Report report) {
        if (report instanceof Report.Progress said) progress = said.progress();
        if (report instanceof Report.Data data) payload = data.payload();
    }

    /** Its worker went away; what its run had reported may be lost with it, so only quiet ones are followed on. */
    void lost() {
        running = false;
    }

    boolean isRunning() {
        return running;
    }
}
