package dev.aurochs.engine;

import dev.aurochs.engine.Step.Entry;
import dev.aurochs.engine.store.DamagedRowException;
import dev.aurochs.engine.store.Place;
import dev.aurochs.engine.store.SessionRow;
import dev.aurochs.engine.store.StateRow;
import dev.aurochs.queue.job.BadRecord;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.LeaseToken;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.QueueSettings;
import dev.aurochs.queue.job.RateLimit;
import dev.aurochs.queue.spi.Claimed.Rest;
import dev.aurochs.queue.spi.WorkerProfile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Promotes what is due and leases the next jobs to a session (rules C1–C5, D1, P1). */
final class ClaimJobs {
    private static final int MOST_PROMOTED = 1_000;
    private static final int MOST_CLAIMED = 256;

    private final Step step;
    private final QueueName queue;
    private final WorkerProfile worker;
    private final LeaseToken token;
    private final List<StateRow> leased = new ArrayList<>();
    private final List<BadRecord> bad = new ArrayList<>();

    /** What was leased; bodies are read afterwards, outside the step. */
    record Taken(List<StateRow> rows, Rest rest, List<BadRecord> bad) {}

    private ClaimJobs(Step step, QueueName queue, WorkerProfile worker, LeaseToken token) {
        this.step = step;
        this.queue = queue;
        this.worker = worker;
        this.token = token;
    }

    static Taken claim(Step step, QueueName queue, WorkerProfile worker, LeaseToken token, int max) {
        return new ClaimJobs(step, queue, worker, token).claim(max);
    }

    private Taken claim(int max) {
        promoteDue();
        Rest rest = rest(Math.min(max, MOST_CLAIMED));
        if (!leased.isEmpty()) {
            Instant expiresAt = step.now().plus(worker.lease());
            step.rows().putSession(new SessionRow(worker.session(), expiresAt, step.ownerEpoch()));
        }
        if (rest instanceof Rest.Perhaps && step.rows().first(queue, JobState.WAITING) != null)
            step.queue(queue).wakeOne();
        return new Taken(leased, rest, bad);
    }

    private Rest rest(int max) {
        QueueDraft draft = step.queue(queue);
        QueueSettings settings = draft.settings();
        if (settings.paused()) return new Rest.Paused();
        Instant held = settings.heldUntil().orElse(Instant.MIN);
        if (step.now().isBefore(held)) return new Rest.Limited(Optional.of(held));
        OptionalInt bound = settings.concurrency();
        long free = bound.isPresent() ? bound.getAsInt() - step.rows().count(queue, JobState.ACTIVE) : max;
        if (free <= 0) return new Rest.AtConcurrency();
        int most = (int) Math.min(max, free);
        Rest full = free < max ? new Rest.AtConcurrency() : new Rest.Perhaps();
        RateLimit limit = settings.rateLimit().or(worker::limit).orElse(null);
        if (limit == null) return take(most) ? full : nothing();
        return takeLimited(draft, limit, most, full);
    }

    /** {@code ifFull} is to be said when as many were leased as asked for and the window has room for more. */
    private Rest takeLimited(QueueDraft draft, RateLimit limit, int max, Rest ifFull) {
        int room = Limiter.room(draft.window(), limit, step.now());
        if (room == 0) return new Rest.Limited(Optional.of(Limiter.end(draft.window(), limit)));
        boolean full = take(Math.min(max, room));
        int grants = (int) leased.stream()
                .filter(row -> row.status().deferredFailure() == null)
                .count();
        if (grants > 0) draft.set(Limiter.grant(draft.window(), limit, grants, step.now()));
        if (!full) return nothing();
        return grants < room ? ifFull : new Rest.Limited(Optional.of(Limiter.end(draft.window(), limit)));
    }

    private Rest nothing() {
        Place next = step.rows().first(queue, JobState.DELAYED);
        return new Rest.Nothing(next == null ? Optional.empty() : Optional.of(Instant.ofEpochMilli(next.rank())));
    }

    /** True when as many were leased as asked for. */
    private boolean take(int max) {
        while (leased.size() < max) {
            Place place = step.rows().first(queue, JobState.WAITING);
            if (place == null) return false;
            StateRow row = stateAt(place);
            if (row == null) continue;
            leased.add(step.lease(
                    row,
                    Statuses.active(row.status(), step.now(), worker.name()),
                    worker.session(),
                    token,
                    List.of(new QueueEvent.Active(row.job(), step.now()))));
        }
        return true;
    }

    private void promoteDue() {
        long nowMs = step.now().toEpochMilli();
        for (int promoted = 0; promoted < MOST_PROMOTED; promoted++) {
            Place place = step.rows().first(queue, JobState.DELAYED);
            if (place == null || place.rank() > nowMs) return;
            StateRow row = stateAt(place);
            if (row == null) continue;
            QueueEvent event = new QueueEvent.Waiting(row.job(), step.now(), Optional.of(JobState.DELAYED));
            step.move(row, Statuses.waiting(row.status()), Entry.BACK, List.of(event));
        }
    }

    /** The row at a place; null when it cannot be read or is not there, and then the place is gone. */
    private @Nullable StateRow stateAt(Place place) {
        String problem = "its state is missing";
        try {
            StateRow row = step.rows().stateAt(place);
            if (row != null && Place.of(row).equals(place)) return row;
            if (row != null) {
                // The job stands elsewhere: only this place is wrong, its rows are not.
                step.rows().removePlace(place);
                return null;
            }
        } catch (DamagedRowException damaged) {
            problem = String.valueOf(damaged.getMessage());
        }
        step.rows().quarantine(place, problem);
        bad.add(new BadRecord(place.job(), problem));
        return null;
    }
}
