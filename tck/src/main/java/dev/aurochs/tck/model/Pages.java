package dev.aurochs.tck.model;

import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.Page;
import dev.aurochs.queue.job.PageRequest;
import java.util.List;
import java.util.Optional;

/** Cuts lists into pages; a cursor is the number of items before it. */
final class Pages {
    private Pages() {}

    static <T> Page<T> of(List<T> all, PageRequest page) {
        long from = page.cursor().map(Pages::number).orElse(page.offset());
        int begin = (int) Math.min(from, all.size());
        int end = (int) Math.min(begin + (long) page.limit(), all.size());
        Optional<String> next = end < all.size() ? Optional.of(Integer.toString(end)) : Optional.empty();
        return new Page<>(all.subList(begin, end), next, List.of());
    }

    private static long number(String cursor) {
        try {
            return Long.parseUnsignedLong(cursor);
        } catch (NumberFormatException foreign) {
            throw new InvalidInputException("cursor", cursor, "was not made by this listing", foreign);
        }
    }
}
