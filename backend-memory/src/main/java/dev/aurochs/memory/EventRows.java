package dev.aurochs.memory;

import dev.aurochs.engine.store.EventRow;
import java.util.ArrayList;
import java.util.List;

/** The events of one queue that are kept, numbered without a gap. Guarded by the store's lock. */
final class EventRows {
    private final ArrayList<EventRow> rows = new ArrayList<>();

    void add(EventRow row) {
        rows.add(row);
    }

    void removeLast() {
        rows.remove(rows.size() - 1);
    }

    /** Takes away the rows before a number, and answers them. */
    List<EventRow> removeBefore(long seq) {
        List<EventRow> oldest = rows.subList(0, index(seq));
        List<EventRow> removed = List.copyOf(oldest);
        oldest.clear();
        return removed;
    }

    void addOldest(List<EventRow> oldest) {
        rows.addAll(0, oldest);
    }

    List<EventRow> after(long seq, int max) {
        int from = index(seq + 1);
        return List.copyOf(rows.subList(from, from + Math.min(max, rows.size() - from)));
    }

    private int index(long seq) {
        if (rows.isEmpty()) return 0;
        return (int) Math.min(Math.max(seq - rows.get(0).seq(), 0), rows.size());
    }
}
