package dev.aurochs.rabbitmq;

import dev.aurochs.rabbitmq.message.EventMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a step acknowledges and tells, sent together when the step ends: a frame for many instead of one for each, by
 * whoever is first to send. Thread-safe.
 *
 * <p>Who puts something in sends it before its call returns, or is run by a thread that does.
 */
final class Outbox {
    private final Teller teller;
    private List<Parcel> acknowledged = new ArrayList<>();
    private final Object sending = new Object();

    Outbox(Teller teller) {
        this.teller = teller;
    }

    synchronized void acknowledge(Parcel parcel) {
        acknowledged.add(parcel);
    }

    void tell(EventMessage event) {
        teller.putDown(event);
    }

    /** Everything that was put in before the call is sent when it returns. */
    void send() {
        synchronized (sending) {
            List<Parcel> parcels;
            synchronized (this) {
                parcels = acknowledged;
                if (!parcels.isEmpty()) acknowledged = new ArrayList<>();
            }
            byInlet(parcels).forEach(Inlet::acknowledge);
        }
        teller.tellAll();
    }

    /** The same, and what was told has reached those who listen; what they hear from now on comes after. */
    void flush() {
        send();
        teller.flush();
    }

    private static Map<Inlet, List<Long>> byInlet(List<Parcel> parcels) {
        Map<Inlet, List<Long>> tags = new LinkedHashMap<>();
        for (Parcel parcel : parcels)
            tags.computeIfAbsent(parcel.inlet(), inlet -> new ArrayList<>()).add(parcel.tag());
        return tags;
    }
}
