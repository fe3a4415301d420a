package dev.aurochs.rabbitmq;

import dev.aurochs.queue.Queues;
import dev.aurochs.queue.Worker;
import dev.aurochs.queue.job.BackendUnavailableException;
import java.util.concurrent.CountDownLatch;

/** A process of its own, as trust is a matter of the whole JVM: says of each address how it fared there. */
final class TlsVisitor {
    private TlsVisitor() {}

    public static void main(String[] addresses) throws InterruptedException {
        for (String address : addresses) {
            try {
                visit(address);
            } catch (BackendUnavailableException refused) {
                System.out.println(refused.getMessage());
            }
        }
    }

    private static void visit(String address) throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(1);
        try (Queues queues = Queues.open(address);
                Worker worker = queues.worker("q")
                        .onAny((payload, job) -> {
                            ran.countDown();
                            return null;
                        })
                        .start()) {
            queues.queue("q").add("job");
            ran.await();
            worker.stopClaiming();
            System.out.println("ran over " + queues.info().address());
        }
    }
}
