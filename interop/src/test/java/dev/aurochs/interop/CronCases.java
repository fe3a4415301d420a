package dev.aurochs.interop;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Cron expressions, zones and moments to compare at: chosen ones, and ones drawn from a seed. */
final class CronCases {
    private static final List<String> CHOSEN = List.of(
            "* * * * *",
            "*/15 * * * *",
            "0 * * * *",
            "30 * * * *",
            "0 0 * * *",
            "30 1 * * *",
            "0 2 * * *",
            "15 2 * * *",
            "30 2 * * *",
            "0 3 * * *",
            "59 2 * * *",
            "0 0,2,3 * * *",
            "*/20 1-3 * * *",
            "30 2 * * 0",
            "0 0 1 * *",
            "0 0 31 * *",
            "0 0 29 2 *",
            "0 12 L * *",
            "0 12 * * 5L",
            "0 9 * * 1#2",
            "0 9 * * MON-FRI",
            "0 9 13 * 5",
            "0 0 1 JAN,JUL *",
            "0 0 * * 7",
            "0 0 * * 0-6/2",
            "15 15 3 * * *",
            "*/30 * * * * *",
            "0 30 2 * * *",
            "59 59 23 * * *",
            "5 0 0 1 1 *",
            "@daily",
            "@hourly",
            "@weekly",
            "@monthly",
            "@yearly",
            "0 0 ? * 1",
            "0 0 1 * ?",
            "0-10/5 2 * * *",
            "0 */6 * * *",
            "0 1-5/2 * * *",
            "10,20,30 0 15,L * *",
            "0 0 */10 * *");
    private static final List<String> ZONES = List.of(
            "UTC",
            "Europe/Madrid",
            "America/New_York",
            "America/Sao_Paulo",
            "Asia/Kolkata",
            "Pacific/Auckland",
            "Africa/Casablanca",
            "America/St_Johns",
            "Asia/Tehran",
            "Pacific/Apia");
    private static final List<String> NEAR_CHANGES =
            List.of("Europe/Madrid", "America/New_York", "Pacific/Auckland", "America/St_Johns");

    /** An expression in a zone, and the moment after which slots are looked for. */
    record CronCase(String pattern, String zone, Instant after, int count) {
        @Override
        public String toString() {
            return "'" + pattern + "' in " + zone + " after " + after;
        }
    }

    private final Random random;

    CronCases(long seed) {
        random = new Random(seed);
    }

    /** All chosen expressions, in some zones over some years. */
    List<CronCase> overYears() {
        List<CronCase> cases = new ArrayList<>();
        for (String pattern : CHOSEN)
            for (String zone : ZONES) {
                Instant after = LocalDateTime.of(2024 + random.nextInt(8), 1 + random.nextInt(12), 1, 0, 0)
                        .atZone(ZoneId.of(zone))
                        .toInstant()
                        .plusMillis(random.nextInt(1_000_000_000));
                cases.add(new CronCase(pattern, zone, after, 8));
            }
        return cases;
    }

    /**
     * The chosen expressions that name hours or minutes, across each change of the clock in a year. Not from a moment
     * within the hour that is left out or comes twice, nor in zones that change at midnight or by half an hour: there
     * Node's parser leaves out runs that are due.
     */
    List<CronCase> acrossChanges() {
        List<CronCase> cases = new ArrayList<>();
        for (String zone : NEAR_CHANGES) {
            Instant year = Instant.parse((2025 + random.nextInt(5)) + "-01-01T00:00:00Z");
            ZoneOffsetTransition change = ZoneId.of(zone).getRules().nextTransition(year);
            for (int i = 0; i < 2; i++) {
                for (String pattern : CHOSEN.subList(0, 32))
                    for (int hours : new int[] {-30, -1, 2})
                        cases.add(new CronCase(pattern, zone, near(change.getInstant(), hours), 6));
                change = ZoneId.of(zone).getRules().nextTransition(change.getInstant());
            }
        }
        return cases;
    }

    /** Drawn expressions of the common subset; the days are those that every month has. */
    List<CronCase> drawn(int count) {
        List<CronCase> cases = new ArrayList<>();
        while (cases.size() < count) {
            String seconds = random.nextInt(3) == 0 ? field(0, 59) + " " : "";
            String days = random.nextBoolean() ? field(1, 28) + " " + field(1, 12) + " *" : "* * " + field(0, 6);
            String pattern = seconds + field(0, 59) + " " + field(0, 23) + " " + days;
            Instant after = Instant.ofEpochMilli(1_700_000_000_000L + (long) (random.nextDouble() * 3e11));
            cases.add(new CronCase(pattern, ZONES.get(random.nextInt(ZONES.size())), after, 6));
        }
        return cases;
    }

    private Instant near(Instant change, int hours) {
        return change.plusSeconds(hours * 3_600L).plusMillis(random.nextInt(3_000) - 1_500);
    }

    private String field(int least, int most) {
        int low = least + random.nextInt(most - least + 1);
        int high = low + random.nextInt(most - low + 1);
        int step = 1 + random.nextInt(Math.max(1, (most - least) / 3));
        return switch (random.nextInt(6)) {
            case 0, 1 -> "*";
            case 2 -> "*/" + step;
            case 3 -> low + "-" + high;
            case 4 -> low + (high > low ? "," + high : "");
            default -> low + "-" + high + "/" + step;
        };
    }
}
