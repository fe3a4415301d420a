package dev.aurochs.queue.job;

import java.util.regex.Pattern;

/**
 * The name of a queue: 1–100 characters, at most 100 bytes in UTF-8, no control characters, no {@code :}, at most one
 * {@code {…}} part (rule N1). Backends escape what their store cannot hold; they reject nothing that this allows.
 */
public record QueueName(String value) implements Comparable<QueueName> {
    private static final String RULE =
            "a queue name has 1–100 characters (at most 100 bytes in UTF-8), no control characters,"
                    + " no ':' and at most one '{…}' part";
    private static final Pattern BRACES = Pattern.compile("[^{}]*(\\{[^{}]+}[^{}]*)?");

    public QueueName {
        Texts.check(value, "queue name", 100, 100, RULE);
        InvalidInputException.unless(
                value.indexOf(':') < 0 && BRACES.matcher(value).matches(), "queue name", value, RULE);
    }

    public static QueueName of(String value) {
        return new QueueName(value);
    }

    @Override
    public int compareTo(QueueName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
