package dev.aurochs.rabbitmq;

import dev.aurochs.queue.job.Page;
import dev.aurochs.queue.job.PageRequest;
import java.util.List;
import java.util.Optional;

/** Pages of what is all in hand; the cursor is how many were before. */
final class Pages {
    private Pages() {}

    static <T> Page<T> of(List<T> all, PageRequest request) {
        long from = request.cursor().map(Long::parseLong).orElse(request.offset());
        int begin = (int) Math.min(from, all.size());
        int end = (int) Math.min((long) begin + request.limit(), all.size());
        Optional<String> next = end < all.size() ? Optional.of(Integer.toString(end)) : Optional.empty();
        return new Page<>(all.subList(begin, end), next, List.of());
    }
}
