package dev.aurochs.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import dev.aurochs.rabbitmq.message.EventMessage;
import dev.aurochs.rabbitmq.wire.Names;
import dev.aurochs.rabbitmq.wire.Publisher;

/** Tells what happened to whoever listens at the moment. */
final class Teller {
    private static final BasicProperties PROPERTIES = new BasicProperties.Builder()
            .contentType("application/json")
            .deliveryMode(1)
            .build();

    private final Publisher publisher;
    private final Names names;

    Teller(Publisher publisher, Names names) {
        this.publisher = publisher;
        this.names = names;
    }

    void tell(EventMessage event) {
        publisher.tell(names.events(), names.eventKey(event.queue(), event.event()), PROPERTIES, event.body());
    }

    /** What was told before has reached those who listen; what they hear from now on comes after. */
    void flush() {
        publisher.flushTold(names.events());
    }
}
