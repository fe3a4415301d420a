package dev.aurochs.rabbitmq;

import dev.aurochs.queue.job.QueueName;
import java.util.Optional;

/** What processes tell each other at once: hints, which nothing depends on for good. */
final class Control {
    static final String PAUSE = "pause";
    static final String HOLD = "hold";

    private Control() {}

    /**
     * One line: kind, a number that belongs to it, and the queue.
     *
     * @param value milliseconds for a hold, 0 or 1 for a pause
     */
    record Message(String kind, QueueName queue, long value) {
        String text() {
            return kind + ' ' + value + ' ' + queue.value();
        }

        static Optional<Message> parse(String text) {
            String[] parts = text.split(" ", 3);
            if (parts.length < 3) return Optional.empty();
            try {
                return Optional.of(new Message(parts[0], QueueName.of(parts[2]), Long.parseLong(parts[1])));
            } catch (IllegalArgumentException | dev.aurochs.queue.job.QueueException foreign) {
                return Optional.empty();
            }
        }
    }
}
