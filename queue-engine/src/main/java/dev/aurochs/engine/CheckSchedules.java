package dev.aurochs.engine;

import dev.aurochs.engine.EverySlots.Slot;
import dev.aurochs.engine.store.EngineStore;
import dev.aurochs.engine.store.RowReads;
import dev.aurochs.engine.store.ScheduleRow;
import dev.aurochs.engine.store.StateRow;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.spi.Flaw;
import dev.aurochs.queue.spi.Flaw.Cure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Looks for schedules whose chain is broken: the present run is gone, or has ended, and none was put in its place. */
final class CheckSchedules {
    private static final int AT_ONCE = 1_000;

    private final EngineStore store;
    private final Steps steps;
    private final boolean repair;
    private final Consumer<Flaw> found;

    CheckSchedules(EngineStore store, Steps steps, boolean repair, Consumer<Flaw> found) {
        this.store = store;
        this.steps = steps;
        this.repair = repair;
        this.found = found;
    }

    void check(Instant now) {
        for (QueueName queue : store.read(RowReads::queues)) check(queue, now);
    }

    private void check(QueueName queue, Instant now) {
        String after = null;
        List<ScheduleRow> page;
        do {
            String from = after;
            page = store.read(rows -> rows.schedules(queue, from, AT_ONCE));
            for (ScheduleRow row : page) {
                after = row.schedule().id();
                if (store.read(rows -> isBroken(rows, row))) show(row, now);
            }
        } while (page.size() == AT_ONCE);
    }

    private static boolean isBroken(RowReads rows, ScheduleRow row) {
        if (row.over()) return false;
        StateRow run = rows.state(row.job());
        return run == null || run.state().isFinished();
    }

    private void show(ScheduleRow row, Instant now) {
        String problem = "has the schedule '" + row.schedule().id() + "' without a pending run";
        boolean byCron = row.schedule().recurrence().cron() != null;
        if (repair && !byCron) steps.runSafely(now, step -> repaired(step, row));
        if (byCron) problem += "; upsert it again";
        Cure cure = byCron ? Cure.NONE : repair ? Cure.REPAIRED : Cure.REPAIR;
        found.accept(Flaw.of(row.schedule().queue(), problem, cure));
    }

    private static boolean repaired(Step step, ScheduleRow row) {
        Slot next = ChainRun.next(step, row, Optional.empty());
        if (next == null || ScheduledRuns.isBeyondEnd(row.schedule(), next.at())) {
            step.rows().putSchedule(row.ended());
            return false;
        }
        ScheduledRuns.put(
                step, new ScheduleRow(row.schedule(), next.offset(), row.runs() + 1, next.at(), false), row.runs() + 1);
        return true;
    }
}
