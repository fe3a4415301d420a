package dev.aurochs.examples;

import dev.aurochs.queue.Queue;
import dev.aurochs.queue.Queues;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.testing.MutableTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;

/** How a unit test of your own lets three days pass: in memory, with a clock that moves when told. */
public final class TestingWithTime {
    private TestingWithTime() {}

    public static void main(String[] args) throws Exception {
        // README: time
        MutableTime time = MutableTime.startingAt(Instant.parse("2030-01-01T08:00:00Z"));
        CountDownLatch reminded = new CountDownLatch(1);
        try (Queues queues = Queues.builder("memory:").time(time).open()) {
            Queue reminders = queues.queue("reminders");
            reminders.add(
                    "pay",
                    "invoice 7",
                    JobOptions.builder().delay(Duration.ofDays(3)).build());
            queues.worker("reminders")
                    .on("pay", String.class, (invoice, job) -> {
                        System.out.println("reminded of " + invoice);
                        reminded.countDown();
                        return null;
                    })
                    .start();

            time.advance(Duration.ofDays(3));
            reminded.await();
        }
        // README: end
    }
}
