package dev.aurochs.examples;

import dev.aurochs.queue.FlowNode;
import dev.aurochs.queue.Queues;
import dev.aurochs.queue.RunResult;
import dev.aurochs.queue.job.QueueEvent;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** Children that only a running job knows of: a book's words are counted chapter by chapter. */
public final class Chapters {
    private Chapters() {}

    public static void main(String[] args) throws Exception {
        CountDownLatch counted = new CountDownLatch(1);
        try (Queues queues = Queues.open(args.length > 0 ? args[0] : "memory:")) {
            queues.events("books")
                    .on(QueueEvent.Completed.class, done -> {
                        System.out.println(done.result() + " words");
                        counted.countDown();
                    })
                    .start();
            // README: children
            queues.worker("chapters")
                    .on("count", String.class, (chapter, job) -> chapter.split(" ").length)
                    .start();
            queues.worker("books")
                    .on("count", String.class, (book, job) -> {
                        if (job.children().isEmpty()) job.addChildren(chapters(book));
                        if (job.hasPendingChildren()) return RunResult.waitForChildren();
                        return job.childResults(Integer.class).values().stream()
                                .mapToInt(Integer::intValue)
                                .sum();
                    })
                    .start();
            // README: end
            queues.queue("books").add("count", "Call me Ishmael\nThe carpet bag\nThe spouter inn");
            counted.await();
        }
    }

    private static List<FlowNode> chapters(String book) {
        return Stream.of(book.split("\n"))
                .map(chapter -> FlowNode.of("chapters", "count", chapter))
                .toList();
    }
}
