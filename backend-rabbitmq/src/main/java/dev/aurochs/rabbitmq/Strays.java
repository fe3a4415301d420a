package dev.aurochs.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import dev.aurochs.rabbitmq.wire.Envelope;
import dev.aurochs.rabbitmq.wire.Names;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts messages that are no jobs among the failed ones, as they are, with the reason in a header. */
final class Strays {
    /** Why a message is no job. */
    static final String NO_JOB = "aurochs-no-job";

    private static final Logger LOG = LoggerFactory.getLogger(Strays.class);
    private static final int PERSISTENT = 2;
    private static final String BROKERS_OWN = "x-";

    private final Sender sender;
    private final Names names;

    Strays(Sender sender, Names names) {
        this.sender = sender;
        this.names = names;
    }

    static boolean isStray(BasicProperties properties) {
        return properties.getHeaders() != null && properties.getHeaders().containsKey(NO_JOB);
    }

    void putAside(LocalQueue queue, Parcel parcel, String reason) {
        LOG.error("a message in queue '{}' is no job and goes to the failed ones: {}", queue.name(), reason);
        Map<String, Object> headers = new HashMap<>();
        Map<String, Object> given = parcel.properties().getHeaders();
        if (given != null)
            given.forEach((name, value) -> {
                if (!name.startsWith(BROKERS_OWN)) headers.put(name, value);
            });
        headers.put(NO_JOB, reason);
        BasicProperties properties = parcel.properties()
                .builder()
                .headers(headers)
                .deliveryMode(PERSISTENT)
                .expiration(null)
                .priority(null)
                .build();
        Envelope envelope = Envelope.to(names.failed(queue.name()), properties, parcel.body());
        queue.expect(sender.sendRaw(envelope).handle((done, failure) -> {
            if (failure == null) parcel.acknowledge();
            else parcel.giveBack();
            return null;
        }));
    }
}
