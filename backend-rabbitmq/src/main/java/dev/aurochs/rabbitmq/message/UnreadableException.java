package dev.aurochs.rabbitmq.message;

/** A message is no job. Says why, in words for people. */
public final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableException(String why) {
        super(why);
    }
}
