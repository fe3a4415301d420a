package dev.aurochs.queue.internal;

import dev.aurochs.queue.internal.cron.CronExpression;
import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.Recurrence;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** The slots of a recurrence by cron (rule J6). */
public final class CronMoments {
    private CronMoments() {}

    /**
     * The first after {@code moment} and after the recurrence's start; empty when there is none, and for intervals.
     *
     * @throws InvalidInputException when expression or zone cannot be read
     */
    public static Optional<Instant> next(Recurrence recurrence, Instant moment) {
        String expression = recurrence.cron();
        if (expression == null) return Optional.empty();
        Instant start = recurrence.start();
        Instant after = start != null && start.isAfter(moment) ? start : moment;
        return CronExpression.parse(expression).next(after, zone(String.valueOf(recurrence.zone())));
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException unknown) {
            throw new InvalidInputException("zone", name, "must be a zone like Europe/Madrid or UTC", unknown);
        }
    }
}
