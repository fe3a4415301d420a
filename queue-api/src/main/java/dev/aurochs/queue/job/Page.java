package dev.aurochs.queue.job;

import java.util.List;
import java.util.Optional;

/**
 * A part of a listing.
 *
 * @param next where the next page begins; empty on the last one
 * @param bad records of this page that could not be read; they are never left out silently
 */
public record Page<T>(List<T> items, Optional<String> next, List<BadRecord> bad) {
    public Page {
        items = List.copyOf(items);
        bad = List.copyOf(bad);
    }

    public static <T> Page<T> of(List<T> items) {
        return new Page<>(items, Optional.empty(), List.of());
    }
}
