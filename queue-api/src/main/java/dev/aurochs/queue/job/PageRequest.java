package dev.aurochs.queue.job;

import java.util.Optional;

/**
 * Which part of a listing: after a cursor, or from an offset.
 *
 * @param cursor the {@code next} of an earlier page; wins over the offset
 * @param offset how many to pass over; costs time in proportion
 * @param limit 1 to 10,000
 */
public record PageRequest(Optional<String> cursor, long offset, int limit) {
    public PageRequest {
        InvalidInputException.unless(offset >= 0, "offset", offset, "must be 0 or more");
        InvalidInputException.unless(limit >= 1 && limit <= 10_000, "limit", limit, "must be 1 to 10000");
    }

    public static PageRequest first(int limit) {
        return new PageRequest(Optional.empty(), 0, limit);
    }

    public static PageRequest of(long offset, int limit) {
        return new PageRequest(Optional.empty(), offset, limit);
    }

    public static PageRequest after(String cursor, int limit) {
        return new PageRequest(Optional.of(cursor), 0, limit);
    }
}
