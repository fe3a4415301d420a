package dev.aurochs.rabbitmq.wire;

import com.rabbitmq.client.AMQP.BasicProperties;

/** A message and where it goes: by the default exchange the key is the queue's name. */
public record Envelope(String exchange, String key, BasicProperties properties, byte[] body) {
    private static final String DEFAULT_EXCHANGE = "";

    /** Straight into a queue. */
    public static Envelope to(String queue, BasicProperties properties, byte[] body) {
        return new Envelope(DEFAULT_EXCHANGE, queue, properties, body);
    }
}
