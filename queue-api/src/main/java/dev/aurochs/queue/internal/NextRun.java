package dev.aurochs.queue.internal;

import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.Recurrence;
import dev.aurochs.queue.job.ScheduleSlot;
import dev.aurochs.queue.spi.Outcome;
import dev.aurochs.queue.spi.Schedules.Chained;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the next run of a schedule in place before the present one begins; where that fails, the present one must not
 * begin either, or the chain would be broken (rule J4).
 */
final class NextRun {
    static final Verdict GO_ON = new Verdict.GoOn();

    private static final Logger LOG = LoggerFactory.getLogger(NextRun.class);
    private static final Duration UNTIL_NEXT_TRY = Duration.ofSeconds(5);

    private final WorkerSetup setup;

    NextRun(WorkerSetup setup) {
        this.setup = setup;
    }

    /** What is to become of the present run. */
    sealed interface Verdict {
        record GoOn() implements Verdict {}

        record End(Outcome outcome) implements Verdict {}

        /** It is not this worker's any more. */
        record Drop() implements Verdict {}
    }

    Verdict chain(Run run, Instant now) {
        ScheduleSlot present = run.claimed().record().body().schedule();
        if (present == null) return GO_ON;
        try {
            Chained answer = chained(run, present, now);
            boolean gone = answer instanceof Chained.HandedBack || answer instanceof Chained.LeaseLost;
            return gone ? new Verdict.Drop() : GO_ON;
        } catch (BackendUnavailableException away) {
            setup.troubles().tell(away);
            return new Verdict.End(new Outcome.GivenBack());
        } catch (RuntimeException broken) {
            LOG.error(
                    "queue '{}': schedule '{}' has no next run yet; its present one comes again in {} s",
                    setup.queue(),
                    present.scheduleId(),
                    UNTIL_NEXT_TRY.toSeconds(),
                    broken);
            setup.troubles().tell(broken);
            return new Verdict.End(new Outcome.Postponed(now.plus(UNTIL_NEXT_TRY)));
        }
    }

    private Chained chained(Run run, ScheduleSlot present, Instant now) {
        Recurrence recurrence = present.recurrence();
        Instant begin = now.isBefore(present.slot()) ? present.slot() : now;
        Optional<Instant> next = CronMoments.next(recurrence, begin);
        while (true) {
            Chained answer = run.session().chain(run.lease(), next, now);
            if (!(answer instanceof Chained.SlotTaken taken)) return answer;
            next = CronMoments.next(recurrence, taken.slot());
        }
    }
}
