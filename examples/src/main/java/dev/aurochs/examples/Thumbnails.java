package dev.aurochs.examples;

import dev.aurochs.queue.FlowNode;
import dev.aurochs.queue.Queues;
import dev.aurochs.queue.job.QueueEvent;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/** A flow: an album is published when all its pictures have been shrunk. */
public final class Thumbnails {
    private Thumbnails() {}

    public static void main(String[] args) throws Exception {
        CountDownLatch published = new CountDownLatch(1);
        try (Queues queues = Queues.open(args.length > 0 ? args[0] : "memory:")) {
            // README: flow
            queues.worker("pictures")
                    .on("shrink", String.class, (picture, job) -> picture.length())
                    .start();
            queues.worker("albums")
                    .on("publish", String.class, (album, job) -> {
                        Map<String, Integer> sizes = new TreeMap<>();
                        job.childResults(Integer.class)
                                .forEach((child, size) -> sizes.put(child.id().value(), size));
                        return album + " has " + sizes.size() + " pictures";
                    })
                    .start();
            queues.events("albums")
                    .on(QueueEvent.Completed.class, done -> {
                        System.out.println(done.result());
                        published.countDown();
                    })
                    .start();

            queues.flows()
                    .add(FlowNode.of("albums", "publish", "Iceland")
                            .withChildren(
                                    FlowNode.of("pictures", "shrink", "geysir.jpg"),
                                    FlowNode.of("pictures", "shrink", "puffin.jpg")));
            published.await();
            // README: end
        }
    }
}
