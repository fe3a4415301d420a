package dev.aurochs.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;

/**
 * A message that the broker has handed to this process and that is not acknowledged.
 *
 * @param inlet the channel it came on, on which it is acknowledged
 * @param arrivedNanos when, on the steady clock
 */
record Parcel(Inlet inlet, long tag, boolean redelivered, BasicProperties properties, byte[] body, long arrivedNanos) {
    private static final String DELIVERIES = "x-delivery-count";

    /** False once the broker has taken it back. */
    boolean isHeld() {
        return inlet.isOpen();
    }

    void acknowledge() {
        inlet.acknowledge(tag);
    }

    void giveBack() {
        inlet.giveBack(tag);
    }

    /** How often it was handed out before and came back; at least that often where the queue does not count. */
    int earlierDeliveries() {
        Object count =
                properties.getHeaders() == null ? null : properties.getHeaders().get(DELIVERIES);
        if (count instanceof Number number) return number.intValue();
        return redelivered ? 1 : 0;
    }

    /** True when the queue itself counts how often it hands a message out. */
    boolean isCounted() {
        return properties.getHeaders() != null && properties.getHeaders().containsKey(DELIVERIES);
    }
}
