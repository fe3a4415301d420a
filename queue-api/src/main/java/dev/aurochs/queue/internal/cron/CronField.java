package dev.aurochs.queue.internal.cron;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One field of an expression: where it stands, what it may say, and how its text is read. */
enum CronField {
    SECOND("second", 0, 59, List.of()),
    MINUTE("minute", 0, 59, List.of()),
    HOUR("hour", 0, 23, List.of()),
    DAY_OF_MONTH("day of month", 1, 31, List.of()),
    MONTH("month", 1, 12, List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")),
    DAY_OF_WEEK("day of week", 0, 7, List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"));

    /** A value or a name, a range, all, each with a step or without. */
    private static final Pattern PART =
            Pattern.compile("(?:([*?])|(\\d{1,2}|[A-Za-z]{3})(?:-(\\d{1,2}|[A-Za-z]{3}))?)(?:/(\\d{1,3}))?");

    private final String label;
    private final int least;
    private final int most;
    private final List<String> names;

    CronField(String label, int least, int most, List<String> names) {
        this.label = label;
        this.least = least;
        this.most = most;
        this.names = names;
    }

    /** True when the text leaves the field open. */
    static boolean isOpen(String text) {
        return text.equals("*") || text.equals("?");
    }

    /** The values that a list of parts allows, one bit each. */
    long read(String text) {
        long values = 0;
        for (String part : text.split(",", -1)) {
            long more = part(part);
            if ((values & more) != 0) throw wrong(part, "names a value twice");
            values |= more;
        }
        return values;
    }

    private long part(String text) {
        Matcher part = PART.matcher(text);
        if (!part.matches()) throw wrong(text, "is not a value, a range a-b, * or one of these with a step /n");
        boolean all = part.group(1) != null;
        int from = all ? least : value(part.group(2));
        boolean open = all || part.group(3) == null && part.group(4) != null;
        int to = open ? most : part.group(3) == null ? from : value(part.group(3));
        int step = part.group(4) == null ? 1 : Integer.parseInt(part.group(4));
        if (to < from) throw wrong(text, "is a range that goes backwards");
        if (step == 0) throw wrong(text, "has a step of 0");
        long values = 0;
        for (int value = from; value <= to; value += step) values |= 1L << value;
        return values;
    }

    /** A number, or a name, of this field. */
    int value(String text) {
        if (!Character.isDigit(text.charAt(0))) {
            int name = names.indexOf(text.toUpperCase(Locale.ROOT));
            if (name < 0) throw wrong(text, "is no name of a " + label);
            return name + least;
        }
        int value = Integer.parseInt(text);
        if (value < least || value > most) throw wrong(text, "must be " + least + " to " + most);
        return value;
    }

    IllegalArgumentException wrong(String text, String problem) {
        return new IllegalArgumentException(label + " '" + text + "' " + problem);
    }
}
