package dev.aurochs.examples;

import dev.aurochs.queue.Queues;
import dev.aurochs.queue.job.Backoff;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.testing.ManualWorker;
import dev.aurochs.queue.testing.MutableTime;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** How a unit test of your own lets three days pass: in memory, with a clock and a worker that move when told. */
public final class TestingWithTime {
    private TestingWithTime() {}

    public static void main(String[] args) throws Exception {
        // README: time
        MutableTime time = MutableTime.startingAt(Instant.parse("2030-01-01T08:00:00Z"));
        try (Queues queues = Queues.builder("memory:").time(time).open()) {
            JobOptions options = JobOptions.builder()
                    .delay(Duration.ofDays(3))
                    .attempts(2)
                    .backoff(Backoff.fixed(Duration.ofHours(1)))
                    .build();
            queues.queue("reminders").add("pay", "invoice 7", options);
            ManualWorker worker = queues.worker("reminders")
                    .on("pay", String.class, (invoice, job) -> {
                        if (job.attempt() == 1) throw new IOException("mail server is busy");
                        System.out.println("reminded of " + invoice + " at " + time.instant());
                        return null;
                    })
                    .manual();

            worker.runAll(); // runs nothing: too early
            time.advance(Duration.ofDays(3));
            worker.runAll(); // runs it once: it fails, and is due again in an hour
            time.advance(Duration.ofHours(1));
            worker.runAll();
        }
        // README: end
    }
}
