package dev.aurochs.redis;

import dev.aurochs.queue.job.BadRecord;
import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.Page;
import dev.aurochs.queue.job.PageRequest;
import java.util.List;
import java.util.Optional;

/** Pages of listings; a cursor is the number of items before it. */
final class Pages {
    private Pages() {}

    static long begin(PageRequest page) {
        if (page.cursor().isEmpty()) return page.offset();
        String cursor = page.cursor().get();
        try {
            return Long.parseUnsignedLong(cursor);
        } catch (NumberFormatException foreign) {
            throw new InvalidInputException("cursor", cursor, "was not made by this listing", foreign);
        }
    }

    /** A page that the server has cut out of {@code total} items. */
    static <T> Page<T> of(List<T> items, List<BadRecord> bad, PageRequest page, long total) {
        long end = begin(page) + page.limit();
        return new Page<>(items, end < total ? Optional.of(Long.toString(end)) : Optional.empty(), bad);
    }

    static <T> Page<T> of(List<T> all, PageRequest page) {
        int begin = (int) Math.min(begin(page), all.size());
        int end = (int) Math.min(begin + (long) page.limit(), all.size());
        return of(all.subList(begin, end), List.of(), page, all.size());
    }
}
