package dev.aurochs.redis;

import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.Child.Status;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.Page;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.redis.layout.Keys;
import dev.aurochs.redis.wire.Reply;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads the children of a job; those under another prefix are not shown. */
final class Children {
    private final Keys keys;

    Children(Keys keys) {
        this.keys = keys;
    }

    Page<Child> page(Reply children, PageRequest page) {
        List<Child> all = children.list().stream()
                .flatMap(child -> read(child).stream())
                .sorted(Comparator.comparing(child -> child.job().toString()))
                .toList();
        return Pages.of(all, page);
    }

    private Optional<Child> read(Reply child) {
        String text = child.get("text").text();
        return keys.jobAt(child.get("key").text()).map(job -> switch (child.get("status")
                .text()) {
            case "completed" -> new Child(job, Status.COMPLETED, new Json(text), null);
            case "ignored" -> new Child(job, Status.IGNORED, null, text);
            case "failed" -> new Child(job, Status.FAILED, null, text);
            default -> new Child(job, Status.PENDING, null, text.isEmpty() ? null : text);
        });
    }
}
