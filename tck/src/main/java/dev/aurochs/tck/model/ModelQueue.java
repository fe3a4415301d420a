package dev.aurochs.tck.model;

import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.job.QueueSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a queue remembers beside its jobs. */
final class ModelQueue {
    private static final int SLACK = 1_000;

    QueueSettings settings = QueueSettings.DEFAULTS;
    final Map<String, Deduplicating.Holding> deduplications = new HashMap<>();
    long nextId = 1;
    boolean known;
    /** Counts what might interest a waiting session. */
    long signals;

    Instant windowStart = Instant.MIN;
    int windowUsed;

    final SortedMap<String, ModelSchedule> schedules = new TreeMap<>();
    final List<QueueEvent> events = new ArrayList<>();
    /** How many events came before the first of the list. */
    long trimmed;

    void tell(QueueEvent event) {
        known = true;
        events.add(event);
        if (events.size() >= settings.eventCap() + SLACK) trim(settings.eventCap());
    }

    void trim(long keep) {
        int drop = (int) Math.max(0, events.size() - keep);
        events.subList(0, drop).clear();
        trimmed += drop;
    }

    long end() {
        return trimmed + events.size();
    }
}
