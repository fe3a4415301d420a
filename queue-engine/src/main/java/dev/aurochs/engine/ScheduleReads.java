package dev.aurochs.engine;

import dev.aurochs.engine.store.EngineStore;
import dev.aurochs.engine.store.ScheduleRow;
import dev.aurochs.queue.job.Page;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.ScheduleRecord;
import java.util.List;
import java.util.Optional;

/** Looks at schedules outside of steps (rule J11). */
final class ScheduleReads {
    private static final int AT_ONCE = 1_000;

    private final EngineStore store;

    ScheduleReads(EngineStore store) {
        this.store = store;
    }

    Optional<ScheduleRecord> find(QueueName queue, String id) {
        return Optional.ofNullable(store.read(rows -> rows.schedule(queue, id))).map(ScheduleRow::record);
    }

    Page<ScheduleRecord> list(QueueName queue, PageRequest page) {
        String after = page.cursor().orElse(null);
        int skip = after == null ? (int) Math.min(page.offset(), Integer.MAX_VALUE - 10_000) : 0;
        List<ScheduleRow> rows = store.read(reads -> reads.schedules(queue, after, skip + page.limit()));
        List<ScheduleRecord> wanted =
                rows.stream().skip(skip).map(ScheduleRow::record).toList();
        Optional<String> next = wanted.size() < page.limit()
                ? Optional.empty()
                : Optional.of(wanted.get(wanted.size() - 1).id());
        return new Page<>(wanted, next, List.of());
    }

    long count(QueueName queue) {
        long count = 0;
        String after = null;
        List<ScheduleRow> page;
        do {
            String from = after;
            page = store.read(rows -> rows.schedules(queue, from, AT_ONCE));
            count += page.size();
            if (!page.isEmpty()) after = page.get(page.size() - 1).schedule().id();
        } while (page.size() == AT_ONCE);
        return count;
    }
}
