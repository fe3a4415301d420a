package dev.aurochs.rabbitmq.wire;

/** The broker did not take a message: its queue is full and says so. Nothing is stored. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedException(String queue) {
        super("the broker refused a message for " + queue);
    }
}
