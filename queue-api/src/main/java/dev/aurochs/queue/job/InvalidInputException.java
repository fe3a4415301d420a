package dev.aurochs.queue.job;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An argument breaks a rule of the contract. Nothing has been stored. Names the field, the value and the rule. */
public final class InvalidInputException extends QueueException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN_CHARACTERS = 80;

    private final String field;
    private final String value;
    private final String rule;

    public InvalidInputException(String field, @Nullable Object value, String rule) {
        this(field, value, rule, null);
    }

    public InvalidInputException(String field, @Nullable Object value, String rule, @Nullable Throwable cause) {
        super(field + " " + shown(value) + ": " + rule, cause);
        this.field = field;
        this.value = String.valueOf(value);
        this.rule = rule;
    }

    /** Throws unless {@code valid}. */
    public static void unless(boolean valid, String field, @Nullable Object value, String rule) {
        if (!valid) throw new InvalidInputException(field, value, rule);
    }

    /** Answers {@code value}, or throws when it is null. */
    public static <T> T present(@Nullable T value, String field) {
        unless(value != null, field, null, "must not be null");
        return Objects.requireNonNull(value);
    }

    /** What was wrong, in the words of the API: {@code queue name}, {@code attempts}, {@code flow.children[2].name}. */
    public String field() {
        return field;
    }

    /** The refused value as text. */
    public String value() {
        return value;
    }

    /** The rule it breaks, readable on its own. */
    public String rule() {
        return rule;
    }

    private static String shown(@Nullable Object value) {
        if (value == null || value instanceof Number || value instanceof Boolean) return String.valueOf(value);
        String text = value.toString();
        if (text.length() > SHOWN_CHARACTERS) text = text.substring(0, SHOWN_CHARACTERS) + "…";
        StringBuilder shown = new StringBuilder("'");
        text.chars()
                .forEach(c -> shown.append(
                        Character.isISOControl(c) ? String.format("\\u%04x", c) : String.valueOf((char) c)));
        return shown.append('\'').toString();
    }
}
