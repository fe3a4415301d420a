package dev.aurochs.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import dev.aurochs.rabbitmq.message.EventMessage;
import dev.aurochs.rabbitmq.wire.Names;
import dev.aurochs.rabbitmq.wire.Publisher;
import java.util.ArrayList;
import java.util.List;

/** Tells what happened to whoever listens at the moment, in the order in which it hears of it. Thread-safe. */
final class Teller {
    private static final BasicProperties PROPERTIES = new BasicProperties.Builder()
            .contentType("application/json")
            .deliveryMode(1)
            .build();

    /** Keeps a message within a frame, unless one event alone is larger. */
    private static final int MOST_BYTES = 100_000;

    private final Publisher publisher;
    private final Names names;
    /** Guarded by itself, for moments. */
    private final List<EventMessage> waiting = new ArrayList<>();

    Teller(Publisher publisher, Names names) {
        this.publisher = publisher;
        this.names = names;
    }

    /** At once, and before it what was put down. */
    void tell(EventMessage event) {
        putDown(event);
        tellAll();
    }

    /** To be told with what comes next, in their order. */
    void putDown(EventMessage event) {
        synchronized (waiting) {
            waiting.add(event);
        }
    }

    /** What was put down before the call is told when it returns: neighbours of one kind in a message. */
    synchronized void tellAll() {
        List<EventMessage> events;
        synchronized (waiting) {
            if (waiting.isEmpty()) return;
            events = List.copyOf(waiting);
            waiting.clear();
        }
        for (int from = 0; from < events.size(); ) {
            int to = endOfMessage(events, from);
            EventMessage first = events.get(from);
            publisher.tell(
                    names.events(),
                    names.eventKey(first.queue(), first.event()),
                    PROPERTIES,
                    EventMessage.body(events.subList(from, to)));
            from = to;
        }
    }

    private static int endOfMessage(List<EventMessage> events, int from) {
        EventMessage first = events.get(from);
        int bytes = first.json().length;
        int to = from + 1;
        while (to < events.size() && events.get(to).isLike(first)) {
            bytes += events.get(to).json().length;
            if (bytes > MOST_BYTES) break;
            to++;
        }
        return to;
    }

    /** What was told has reached those who listen. */
    void flush() {
        publisher.flushTold(names.events());
    }
}
