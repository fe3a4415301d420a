package dev.aurochs.rocksdb;

import dev.aurochs.engine.store.Family;
import dev.aurochs.engine.store.Place;
import dev.aurochs.engine.store.Rows;
import dev.aurochs.engine.store.Standing;
import dev.aurochs.engine.store.StateRow;
import dev.aurochs.queue.job.JobBody;
import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.JobStatus;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.Runs;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Jobs as the engine would store them. */
final class Jobs {
    static final QueueName MAIL = QueueName.of("mail");
    static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private Jobs() {}

    static JobRef ref(String id) {
        return new JobRef(MAIL, JobId.of(id));
    }

    static StateRow row(String id, JobState state, int priority, long seq) {
        @Nullable Instant due = state == JobState.DELAYED ? NOW.plusMillis(priority) : null;
        @Nullable Instant finished = state.isFinished() ? NOW.plusMillis(priority) : null;
        JobStatus status =
                new JobStatus(state, priority, Runs.NONE, due, null, finished, null, null, null, null, null, null);
        return new StateRow(ref(id), status, Standing.at(0, seq), Family.NONE, 0);
    }

    static StateRow waiting(String id, long seq) {
        return row(id, JobState.WAITING, 0, seq);
    }

    static StateRow failedOnce(String id, long seq) {
        Runs runs = new Runs(1, 1, 0);
        JobStatus status =
                new JobStatus(JobState.WAITING, 0, runs, null, NOW, null, "w", null, null, "no route", null, null);
        return waiting(id, seq).with(status);
    }

    static JobBody body(String id) {
        return new JobBody(ref(id), "welcome", new Json("{\"to\":\"" + id + "\"}"), JobOptions.defaults(), NOW, null);
    }

    static Place waitingPlace(String id, int priority, long seq) {
        return Place.of(row(id, JobState.WAITING, priority, seq));
    }

    /** Stores a waiting job whole. */
    static void addPrioritized(Rows rows, String id, int priority, long seq) {
        StateRow row = row(id, JobState.WAITING, priority, seq).with(Standing.at(priority, seq));
        JobOptions options = JobOptions.builder().priority(priority).build();
        rows.putBody(new JobBody(ref(id), "welcome", new Json("1"), options, NOW, null));
        rows.putState(row);
        rows.putPlace(Place.of(row));
    }

    /** Stores a waiting job without priority whole. */
    static void add(Rows rows, String id, long seq) {
        StateRow row = waiting(id, seq);
        rows.putBody(body(id));
        rows.putState(row);
        rows.putPlace(Place.of(row));
    }
}
