package dev.aurochs.queue.internal.cron;

import dev.aurochs.queue.job.InvalidInputException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A cron expression in the dialect of cron-parser 5, which BullMQ uses; {@code docs/decisions} says where it is
 * narrower. Immutable.
 *
 * <p>Summer time: where the clock goes forward, what falls into the hour that is left out comes as much later; where
 * it goes back, what names its hours comes once, the first time, and what comes in every hour comes in both.
 */
public final class CronExpression {
    private static final int YEARS_AHEAD = 40;
    private static final Map<String, String> ALIASES = Map.of(
            "@yearly", "0 0 0 1 1 *",
            "@annually", "0 0 0 1 1 *",
            "@monthly", "0 0 0 1 * *",
            "@weekly", "0 0 0 * * 0",
            "@daily", "0 0 0 * * *",
            "@hourly", "0 0 * * * *",
            "@minutely", "0 * * * * *",
            "@secondly", "* * * * * *",
            "@weekdays", "0 0 0 * * 1-5",
            "@weekends", "0 0 0 * * 0,6");

    private final long seconds;
    private final long minutes;
    private final long hours;
    private final boolean everyHour;
    private final CronDays days;
    private final long months;

    private CronExpression(String[] fields) {
        seconds = CronField.SECOND.read(fields[0]);
        minutes = CronField.MINUTE.read(fields[1]);
        hours = CronField.HOUR.read(fields[2]);
        everyHour = CronField.isOpen(fields[2]);
        days = CronDays.of(fields[3], fields[5]);
        months = CronField.MONTH.read(fields[4]);
    }

    /** @throws InvalidInputException for what is no expression of this dialect */
    public static CronExpression parse(String text) {
        String known = ALIASES.getOrDefault(text, text).strip();
        String[] fields = known.split("\\s+");
        InvalidInputException.unless(
                fields.length == 5 || fields.length == 6,
                "cron",
                text,
                "needs five fields (minute, hour, day of month, month, day of week), or six with seconds first");
        try {
            return new CronExpression(fields.length == 6 ? fields : ("0 " + known).split("\\s+"));
        } catch (IllegalArgumentException wrong) {
            throw new InvalidInputException("cron", text, String.valueOf(wrong.getMessage()), wrong);
        }
    }

    /** The first moment after this one; empty when there is none in the next 40 years. */
    public Optional<Instant> next(Instant after, ZoneId zone) {
        ZoneRules rules = zone.getRules();
        return Optional.ofNullable(everyHour ? inEveryHour(after, rules) : inItsHours(after, rules));
    }

    /** Walks from one change of the clock to the next: between them local time is as even as any. */
    private @Nullable Instant inEveryHour(Instant after, ZoneRules rules) {
        Instant from = after;
        Instant latest = after.plus(YEARS_AHEAD * 366L, ChronoUnit.DAYS);
        while (from.isBefore(latest)) {
            ZoneOffset offset = rules.getOffset(from);
            ZoneOffsetTransition change = rules.nextTransition(from);
            LocalDateTime local = nextLocal(LocalDateTime.ofInstant(from, offset));
            Instant found = local == null ? null : local.toInstant(offset);
            if (change == null) return found;
            if (found != null && found.isBefore(change.getInstant())) return found;
            Instant begin = change.getInstant();
            if (allows(LocalDateTime.ofInstant(begin, change.getOffsetAfter()))) return begin;
            from = begin;
        }
        return null;
    }

    private @Nullable Instant inItsHours(Instant after, ZoneRules rules) {
        LocalDateTime local =
                LocalDateTime.ofInstant(after, rules.getOffset(after)).minus(leftOutBefore(after, rules));
        Instant best = null;
        for (local = nextLocal(local); local != null; local = nextLocal(local)) {
            Instant found = instant(local, rules);
            boolean better = found.isAfter(after) && (best == null || found.isBefore(best));
            if (better) best = found;
            boolean leftOut = rules.getValidOffsets(local).isEmpty();
            if (best != null && !leftOut) return best;
        }
        return best;
    }

    /** How much the clock went forward, when what was left out may still come. */
    private static Duration leftOutBefore(Instant moment, ZoneRules rules) {
        ZoneOffsetTransition change = rules.previousTransition(moment.plusMillis(1));
        boolean recent = change != null
                && change.isGap()
                && moment.isBefore(change.getInstant().plus(change.getDuration()));
        return recent ? change.getDuration() : Duration.ZERO;
    }

    /** The first of two; later by what was left out, where there is none. */
    private static Instant instant(LocalDateTime local, ZoneRules rules) {
        ZoneOffsetTransition change = rules.getTransition(local);
        return local.toInstant(change == null ? rules.getOffset(local) : change.getOffsetBefore());
    }

    private boolean allows(LocalDateTime moment) {
        return allows(moment.toLocalDate())
                && has(hours, moment.getHour())
                && has(minutes, moment.getMinute())
                && has(seconds, moment.getSecond())
                && moment.getNano() == 0;
    }

    private boolean allows(LocalDate day) {
        return has(months, day.getMonthValue()) && days.allow(day);
    }

    /** The first local time after this one, as if no clock were ever changed; null when there is none soon. */
    private @Nullable LocalDateTime nextLocal(LocalDateTime after) {
        LocalDateTime from = after.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        LocalDate day = from.toLocalDate();
        LocalTime time = allows(day) ? nextTime(from.toLocalTime()) : null;
        int lastYear = day.getYear() + YEARS_AHEAD;
        while (time == null) {
            day = has(months, day.getMonthValue())
                    ? day.plusDays(1)
                    : day.plusMonths(1).withDayOfMonth(1);
            if (day.getYear() > lastYear) return null;
            if (allows(day)) time = nextTime(LocalTime.MIDNIGHT);
        }
        return LocalDateTime.of(day, time);
    }

    /** The first allowed time of a day, not before this one; null when there is none. */
    private @Nullable LocalTime nextTime(LocalTime from) {
        for (int hour = next(hours, from.getHour()); hour >= 0; hour = next(hours, hour + 1)) {
            boolean sameHour = hour == from.getHour();
            int firstMinute = sameHour ? from.getMinute() : 0;
            for (int minute = next(minutes, firstMinute); minute >= 0; minute = next(minutes, minute + 1)) {
                boolean sameMinute = sameHour && minute == from.getMinute();
                int second = next(seconds, sameMinute ? from.getSecond() : 0);
                if (second >= 0) return LocalTime.of(hour, minute, second);
            }
        }
        return null;
    }

    private static boolean has(long values, int value) {
        return (values >> value & 1) == 1;
    }

    /** The first value not below this one, or −1. */
    private static int next(long values, int from) {
        long rest = values >>> from << from;
        return rest == 0 ? -1 : Long.numberOfTrailingZeros(rest);
    }
}
