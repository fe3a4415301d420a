package dev.aurochs.redis.layout;

/** A stored record that is not what the layout says. */
public final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableException(String message, Throwable cause) {
        super(message, cause);
    }
}
