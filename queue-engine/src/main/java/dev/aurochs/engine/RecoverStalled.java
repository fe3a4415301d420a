package dev.aurochs.engine;

import dev.aurochs.engine.Step.Entry;
import dev.aurochs.engine.store.DamagedRowException;
import dev.aurochs.engine.store.Place;
import dev.aurochs.engine.store.PlaceScan;
import dev.aurochs.engine.store.SessionRow;
import dev.aurochs.engine.store.StateRow;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.JobStatus;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.SessionId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gives the jobs of sessions that went away to the next worker (rules S1–S4). */
final class RecoverStalled {
    private static final int MOST_AT_ONCE = 1_000;
    static final String TOO_MANY_STALLS = "job stalled more than allowable limit";

    private final Step step;
    private final int maxStalls;
    private final Map<SessionId, Boolean> gone = new HashMap<>();
    private final List<JobRef> recovered = new ArrayList<>();

    private RecoverStalled(Step step, int maxStalls) {
        this.step = step;
        this.maxStalls = maxStalls;
    }

    /**
     * Recovers among up to 1,000 running jobs behind {@code after}.
     *
     * @param last where the next step goes on, or null when all were looked at
     */
    record Round(List<JobRef> recovered, @Nullable Place last) {}

    static Round recover(Step step, QueueName queue, int maxStalls, @Nullable Place after) {
        return new RecoverStalled(step, maxStalls).recover(queue, after);
    }

    private Round recover(QueueName queue, @Nullable Place after) {
        List<Place> places = step.rows().places(PlaceScan.from(queue, JobState.ACTIVE, after, MOST_AT_ONCE));
        places.forEach(this::look);
        gone.forEach((session, isGone) -> {
            if (isGone && places.size() < MOST_AT_ONCE) step.rows().deleteSession(session);
        });
        return new Round(recovered, places.size() < MOST_AT_ONCE ? null : places.get(places.size() - 1));
    }

    private void look(Place place) {
        try {
            StateRow row = step.state(place.job());
            if (row == null) step.rows().quarantine(place, "its state is missing");
            else if (isAbandoned(row)) recover(row);
        } catch (DamagedRowException damaged) {
            step.rows().quarantine(place, String.valueOf(damaged.getMessage()));
        }
    }

    private boolean isAbandoned(StateRow row) {
        SessionId session = row.standing().session();
        return session == null || gone.computeIfAbsent(session, this::isGone);
    }

    private boolean isGone(SessionId id) {
        SessionRow session = step.rows().session(id);
        return session == null
                || session.ownerEpoch() < step.ownerEpoch()
                || !session.expiresAt().isAfter(step.now());
    }

    private void recover(StateRow row) {
        JobStatus status = Statuses.withRuns(row.status(), row.status().runs().plusStall());
        if (status.runs().stalls() > maxStalls) status = Statuses.withDeferredFailure(status, TOO_MANY_STALLS);
        List<QueueEvent> events = List.of(
                new QueueEvent.Waiting(row.job(), step.now(), Optional.of(JobState.ACTIVE)),
                new QueueEvent.Stalled(row.job(), step.now()));
        step.move(row, Statuses.waiting(status), Entry.FRONT, events);
        recovered.add(row.job());
    }
}
