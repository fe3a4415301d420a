package dev.aurochs.examples;

import dev.aurochs.queue.Queue;
import dev.aurochs.queue.Queues;
import dev.aurochs.queue.job.Backoff;
import dev.aurochs.queue.job.JobOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** Adds two jobs to a durable queue and runs them; the second is delayed and fails once. */
public final class Welcome {
    private Welcome() {}

    // README: welcome
    record Mail(String to) {}

    public static void main(String[] args) throws Exception {
        CountDownLatch sent = new CountDownLatch(2);
        try (Queues queues = Queues.open(args.length > 0 ? args[0] : "rocksdb:./aurochs-data")) {
            Queue mail = queues.queue("mail");
            mail.add("welcome", new Mail("ada@example.org"));
            JobOptions options = JobOptions.builder()
                    .delay(Duration.ofSeconds(1))
                    .priority(1)
                    .attempts(3)
                    .backoff(Backoff.exponential(Duration.ofMillis(200)))
                    .build();
            mail.add("welcome", new Mail("grace@example.org"), options);

            queues.worker("mail")
                    .on("welcome", Mail.class, (welcome, job) -> {
                        if (welcome.to().startsWith("grace") && job.attempt() == 1)
                            throw new IOException("mail server is busy");
                        System.out.println("welcome, " + welcome.to() + " (attempt " + job.attempt() + ")");
                        sent.countDown();
                        return "sent";
                    })
                    .start();
            sent.await();
        }
    }
    // README: end
}
