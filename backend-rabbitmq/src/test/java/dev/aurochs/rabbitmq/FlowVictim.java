package dev.aurochs.rabbitmq;

import dev.aurochs.queue.Queues;
import dev.aurochs.queue.WorkerOptions;
import dev.aurochs.queue.job.QueueException;
import dev.aurochs.queue.spi.BackendAddress;
import dev.aurochs.rabbitmq.flow.Step;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Adds flows and works on them in a process of its own, which dies at a step, or at any with some probability, or when
 * it is killed. Says what it did: added, end, early, ledger, step.
 */
final class FlowVictim {
    /** How it ends when it chose to die. */
    static final int HALTED = 77;

    private static final int CONCURRENCY = 8;
    /** Steps that few flows take: without more chances they would hardly ever be the one. */
    private static final Set<Step> RARE =
            EnumSet.of(Step.JOIN_ACCEPTED, Step.JOINED, Step.PARKED_AGAIN, Step.NOTED, Step.DROPPED);

    private static final long AGAIN_NANOS = 100_000_000L;

    private FlowVictim() {}

    /** Address, how many rounds to add, what they are called, a step or a probability in per mille, a seed. */
    public static void main(String[] args) throws InterruptedException {
        RabbitBackend backend = (RabbitBackend) new RabbitBackendProvider().open(BackendAddress.parse(args[0]));
        Random random = new Random(Long.parseLong(args[4]));
        AtomicBoolean dies = new AtomicBoolean();
        backend.parts().flows().watch((step, job) -> {
            if (step == Step.LEDGER_DECLARED)
                say("ledger " + backend.parts().names().ledger(job));
            if (dies(step, args[3], random) && dies.compareAndSet(false, true)) {
                say("step " + step);
                System.out.flush();
                Runtime.getRuntime().halt(HALTED);
            }
        });
        Queues queues = Queues.over(backend, Instant::now);
        for (String queue : new String[] {FlowStories.UP, FlowStories.DOWN})
            queues.worker(queue)
                    .options(WorkerOptions.builder()
                            .concurrency(CONCURRENCY)
                            .maxStalls(1_000)
                            .build())
                    .onAny((payload, job) -> FlowStories.run(job, FlowVictim::say))
                    .start();
        add(queues, Integer.parseInt(args[1]), args[2]);
        say("added all");
        new CountDownLatch(1).await();
    }

    private static synchronized boolean dies(Step step, String when, Random random) {
        if (!Character.isDigit(when.charAt(0))) return step.name().equals(when);
        int perMille = Integer.parseInt(when);
        return random.nextInt(1_000) < (RARE.contains(step) ? perMille * 10 : perMille);
    }

    private static void add(Queues queues, int rounds, String called) {
        for (int round = 0; round < rounds; round++)
            for (FlowStories.Kind kind : FlowStories.Kind.values()) {
                String flow = called + "-" + round;
                while (!added(queues, kind, flow)) LockSupport.parkNanos(AGAIN_NANOS);
                say("added " + kind + "/" + flow);
            }
    }

    private static boolean added(Queues queues, FlowStories.Kind kind, String flow) {
        try {
            queues.flows().add(FlowStories.tree(kind, flow));
            return true;
        } catch (QueueException away) {
            return false;
        }
    }

    private static synchronized void say(String line) {
        System.out.println(line);
    }
}
