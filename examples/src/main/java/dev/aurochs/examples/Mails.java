package dev.aurochs.examples;

// README: mails
import dev.aurochs.queue.*;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** Sends the mails that Node adds, and has Node shrink a picture. */
class Mails {
    record Mail(String to) {}

    record Picture(String file) {}

    public static void main(String[] args) throws Exception {
        CountDownLatch sent = new CountDownLatch(1);
        try (Queues queues = Queues.open(args.length > 0 ? args[0] : "redis://localhost:6379")) {
            queues.worker("mails")
                    .on("welcome", Mail.class, (mail, job) -> {
                        System.out.println("java: sending to " + mail.to());
                        sent.countDown();
                        return "sent";
                    })
                    .start();

            QueueEvents pictures = queues.events("pictures").start();
            Job job = queues.queue("pictures").add("shrink", new Picture("geysir.jpg"));
            System.out.println("java: " + pictures.waitUntilFinished(job, Duration.ofMinutes(1)));
            sent.await();
        }
    }
}
// README: end
