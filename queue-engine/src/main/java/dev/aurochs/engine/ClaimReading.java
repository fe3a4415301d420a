package dev.aurochs.engine;

import dev.aurochs.engine.ClaimJobs.Taken;
import dev.aurochs.engine.store.DamagedRowException;
import dev.aurochs.engine.store.EngineStore;
import dev.aurochs.engine.store.Place;
import dev.aurochs.engine.store.StateRow;
import dev.aurochs.queue.job.BadRecord;
import dev.aurochs.queue.job.JobBody;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.Lease;
import dev.aurochs.queue.job.LeaseToken;
import dev.aurochs.queue.spi.Claimed;
import dev.aurochs.queue.spi.ClaimedJob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the records of what a claim leased, outside of its step: nobody waits for that. Used once. */
final class ClaimReading {
    private final EngineStore store;
    private final Steps steps;
    private final LeaseToken token;
    private final Instant now;
    private final List<ClaimedJob> jobs = new ArrayList<>();
    private final List<BadRecord> bad = new ArrayList<>();

    ClaimReading(EngineStore store, Steps steps, LeaseToken token, Instant now) {
        this.store = store;
        this.steps = steps;
        this.token = token;
        this.now = now;
    }

    Claimed read(Taken taken) {
        bad.addAll(taken.bad());
        Map<JobRef, JobBody> bodies = bodies(taken.rows());
        for (StateRow row : taken.rows()) read(row, bodies.get(row.job()));
        return new Claimed(jobs, taken.rest(), bad);
    }

    /** None at all when one of them cannot be read; each is looked up alone then. */
    private Map<JobRef, JobBody> bodies(List<StateRow> claimed) {
        if (claimed.isEmpty()) return Map.of();
        try {
            List<JobRef> wanted = claimed.stream().map(StateRow::job).toList();
            return store.read(rows -> rows.bodiesToRun(wanted));
        } catch (DamagedRowException oneOfThem) {
            return Map.of();
        }
    }

    /** Adds the job to one of the lists; to none when somebody removed it since the step. */
    private void read(StateRow row, @Nullable JobBody body) {
        String problem = "its body is missing";
        try {
            JobRecord record = record(row, body);
            if (record != null) {
                jobs.add(new ClaimedJob(record, new Lease(row.job(), token)));
                return;
            }
        } catch (DamagedRowException damaged) {
            problem = String.valueOf(damaged.getMessage());
        }
        if (putAside(row, problem)) bad.add(new BadRecord(row.job(), problem));
    }

    private @Nullable JobRecord record(StateRow row, @Nullable JobBody body) {
        if (body == null || row.mayHaveFailures()) return store.read(rows -> EngineReads.record(rows, row));
        return new JobRecord(body, row.status(), List.of());
    }

    /** False when the job does not stand where it was leased any more, and so is in nobody's way. */
    private boolean putAside(StateRow row, String problem) {
        return steps.run(now, step -> {
                    if (!standsAt(step, row)) return false;
                    step.rows().quarantine(Place.of(row), problem);
                    return true;
                })
                .answer();
    }

    private static boolean standsAt(Step step, StateRow row) {
        try {
            StateRow current = step.state(row.job());
            return current != null && Place.of(current).equals(Place.of(row));
        } catch (DamagedRowException damaged) {
            return true;
        }
    }
}
