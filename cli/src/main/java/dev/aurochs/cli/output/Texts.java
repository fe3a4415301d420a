package dev.aurochs.cli.output;

/** Text from jobs, made safe to show: nothing in it may move the cursor or colour the terminal. */
public final class Texts {
    private Texts() {}

    /** On one line: control characters become blanks. */
    public static String oneLine(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(c -> line.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
        return line.toString();
    }

    /** Line breaks and tabs stay, other control characters become {@code ?}. */
    public static String lines(String text) {
        StringBuilder lines = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            boolean shown = !Character.isISOControl(c) || c == '\n' || c == '\t';
            if (c != '\r') lines.appendCodePoint(shown ? c : '?');
        });
        return lines.toString();
    }

    /** At most {@code most} characters; a cut is marked by {@code …}. */
    public static String cut(String text, int most) {
        if (text.codePointCount(0, text.length()) <= most) return text;
        return text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
    }

    /** {@code 1 run}, {@code 2 runs}. */
    public static String count(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    /** The first line that is not blank. */
    public static String firstLine(String text) {
        return text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
    }
}
