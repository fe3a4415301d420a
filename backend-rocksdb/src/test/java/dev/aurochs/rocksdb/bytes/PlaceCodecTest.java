package dev.aurochs.rocksdb.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.engine.store.Family;
import dev.aurochs.engine.store.Place;
import dev.aurochs.engine.store.Standing;
import dev.aurochs.engine.store.StateRow;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.JobStatus;
import dev.aurochs.queue.job.Runs;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What lies at a place tells the state of the job there exactly, or nothing. */
class PlaceCodecTest {
    private static final Instant DUE = Instant.parse("2026-03-01T10:00:00.250Z");
    private final Randoms random = new Randoms(7);

    @Test
    void the_state_of_a_job_that_nothing_happened_to_follows_from_its_place() {
        StateRow waiting = row(JobState.WAITING, 7, Runs.NONE, null);
        StateRow delayed = row(JobState.DELAYED, 3, Runs.NONE, DUE);
        for (StateRow row : List.of(waiting, delayed))
            assertThat(PlaceCodec.decode(Place.of(row), PlaceCodec.encode(row))).contains(row);
    }

    @Test
    void any_other_state_is_left_to_its_row() {
        StateRow fresh = row(JobState.WAITING, 0, Runs.NONE, null);
        for (StateRow row : List.of(
                row(JobState.WAITING, 0, new Runs(0, 1, 0), null),
                row(JobState.ACTIVE, 0, Runs.NONE, null),
                fresh.with(new Family(1, 0, 0)),
                fresh.with(Standing.at(4, 5)),
                fresh.withLogLines(1))) assertThat(PlaceCodec.encode(row)).isEmpty();
    }

    @Test
    void it_never_tells_another_state() {
        for (int i = 0; i < 2_000; i++) {
            StateRow row = random.state();
            if (row.state() == JobState.DELAYED || row.state().isFinished()) continue;
            assertThat(PlaceCodec.decode(Place.of(row), PlaceCodec.encode(row)).orElse(row))
                    .isEqualTo(row);
        }
    }

    @Test
    void bytes_that_nobody_wrote_tell_nothing() {
        Place place = Place.of(row(JobState.WAITING, 0, Runs.NONE, null));
        for (byte[] bytes : List.of(new byte[0], new byte[] {9}, new byte[] {1}, new byte[] {1, -1}))
            assertThat(PlaceCodec.decode(place, bytes)).isEqualTo(Optional.empty());
    }

    private static StateRow row(JobState state, int priority, Runs runs, @Nullable Instant due) {
        JobStatus status = new JobStatus(state, priority, runs, due, null, null, null, null, null, null, null, null);
        return new StateRow(JobRef.of("mail", "a"), status, Standing.at(priority, 5), Family.NONE, 0);
    }
}
