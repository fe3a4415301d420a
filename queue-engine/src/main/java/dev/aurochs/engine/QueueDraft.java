package dev.aurochs.engine;

import dev.aurochs.engine.store.EventRow;
import dev.aurochs.engine.store.QueueRow;
import dev.aurochs.engine.store.RateWindow;
import dev.aurochs.engine.store.Rows;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.job.QueueSettings;
import java.util.List;

/** A queue's row while a step works on it: numbers are drawn here, and the row is written once, at the step's end. */
final class QueueDraft {
    private static final int TRIM_CHUNK = 1_000;

    private final QueueRow before;
    private long nextBack;
    private long nextFront;
    private long nextId;
    private long nextEvent;
    private long firstEvent;
    private QueueSettings settings;
    private RateWindow window;
    private int wakeups;

    QueueDraft(QueueRow row) {
        before = row;
        nextBack = row.nextBack();
        nextFront = row.nextFront();
        nextId = row.nextId();
        nextEvent = row.nextEvent();
        firstEvent = row.firstEvent();
        settings = row.settings();
        window = row.window();
    }

    long drawBack() {
        return nextBack++;
    }

    long drawFront() {
        return nextFront--;
    }

    long drawId() {
        return nextId++;
    }

    QueueSettings settings() {
        return settings;
    }

    void set(QueueSettings settings) {
        this.settings = settings;
    }

    RateWindow window() {
        return window;
    }

    void set(RateWindow window) {
        this.window = window;
    }

    /** One more waiting session has something to look at after this step. */
    void wakeOne() {
        wakeups++;
    }

    void wakeAll() {
        wakeups = Integer.MAX_VALUE / 2;
    }

    int wakeups() {
        return wakeups;
    }

    void append(Rows rows, List<QueueEvent> events) {
        rows.putEvents(before.queue(), new EventRow(nextEvent++, events));
    }

    /** The seq of the newest event, or 0 when this step made none. */
    long lastEvent() {
        return nextEvent == before.nextEvent() ? 0 : nextEvent - 1;
    }

    void trimEvents(Rows rows, long keep) {
        long first = Math.max(firstEvent, nextEvent - keep);
        if (first > firstEvent) rows.deleteEvents(before.queue(), firstEvent, first);
        firstEvent = first;
    }

    void write(Rows rows) {
        if (nextEvent - firstEvent >= settings.eventCap() + (long) TRIM_CHUNK) trimEvents(rows, settings.eventCap());
        QueueRow after =
                new QueueRow(before.queue(), nextBack, nextFront, nextId, nextEvent, firstEvent, settings, window);
        if (!after.equals(before)) rows.putQueue(after);
    }
}
