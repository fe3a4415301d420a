package dev.aurochs.queue.internal.cron;

import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The days that the two fields for days allow. When one of them is open the other decides; when both say something, a
 * day needs to be allowed by one.
 *
 * @param ofMonth allowed days of the month, a bit each
 * @param lastOfMonth true when the last day of the month is allowed
 * @param ofWeek allowed days of the week, a bit each, Sunday 0
 * @param lastOfWeek days of the week allowed when they are the month's last of their kind
 * @param nth which one in the month the day of the week must be, 1 to 5; 0 for any
 */
record CronDays(
        boolean monthOpen, long ofMonth, boolean lastOfMonth, boolean weekOpen, long ofWeek, long lastOfWeek, int nth) {
    private static final Pattern NTH = Pattern.compile("(\\w{1,3})#(\\d)");
    private static final Pattern LAST = Pattern.compile("(\\d|[A-Za-z]{3})L");

    static CronDays of(String monthText, String weekText) {
        long ofMonth = 0;
        boolean last = false;
        StringBuilder rest = new StringBuilder();
        for (String part : monthText.split(",", -1)) {
            if (part.equals("L")) last = true;
            else rest.append(rest.isEmpty() ? "" : ",").append(part);
        }
        if (!last || !rest.isEmpty()) ofMonth = CronField.DAY_OF_MONTH.read(rest.toString());
        Week week = Week.of(weekText);
        return new CronDays(
                CronField.isOpen(monthText), ofMonth, last, CronField.isOpen(weekText), week.any, week.last, week.nth);
    }

    private record Week(long any, long last, int nth) {
        static Week of(String text) {
            Matcher nth = NTH.matcher(text);
            if (nth.matches()) {
                int which = Integer.parseInt(nth.group(2));
                if (which < 1 || which > 5) throw CronField.DAY_OF_WEEK.wrong(text, "needs 1 to 5 after the #");
                return new Week(sundayIsZero(1L << CronField.DAY_OF_WEEK.value(nth.group(1))), 0, which);
            }
            long last = 0;
            StringBuilder rest = new StringBuilder();
            for (String part : text.split(",", -1)) {
                Matcher found = LAST.matcher(part);
                if (found.matches()) last |= 1L << CronField.DAY_OF_WEEK.value(found.group(1));
                else rest.append(rest.isEmpty() ? "" : ",").append(part);
            }
            long any = last != 0 && rest.isEmpty() ? 0 : CronField.DAY_OF_WEEK.read(rest.toString());
            if ((any & 0x81) == 0x81 && text.indexOf(',') >= 0)
                throw CronField.DAY_OF_WEEK.wrong(text, "names Sunday twice, as 0 and as 7");
            return new Week(sundayIsZero(any), sundayIsZero(last), 0);
        }

        private static long sundayIsZero(long days) {
            return (days & 0x7F) | days >> 7;
        }
    }

    boolean allow(LocalDate day) {
        if (monthOpen && weekOpen) return true;
        if (monthOpen) return byWeek(day);
        return byMonth(day) || !weekOpen && byWeek(day);
    }

    private boolean byMonth(LocalDate day) {
        int number = day.getDayOfMonth();
        return (ofMonth >> number & 1) == 1 || lastOfMonth && number == day.lengthOfMonth();
    }

    private boolean byWeek(LocalDate day) {
        int weekday = day.getDayOfWeek().getValue() % 7;
        boolean isLast = day.getDayOfMonth() + 7 > day.lengthOfMonth();
        if (isLast && (lastOfWeek >> weekday & 1) == 1) return true;
        boolean isNth = nth == 0 || (day.getDayOfMonth() + 6) / 7 == nth;
        return isNth && (ofWeek >> weekday & 1) == 1;
    }
}
