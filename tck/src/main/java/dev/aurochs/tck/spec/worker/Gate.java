package dev.aurochs.tck.spec.worker;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Where handlers wait until the test lets them go on; counts who is inside and notes who was interrupted. */
final class Gate {
    private static final int EVERYBODY = 1_000_000;

    private final Semaphore open = new Semaphore(0);
    private final Semaphore entered = new Semaphore(0);
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final Queue<String> order = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<String> interrupted = new CompletableFuture<>();

    /** Passes once the gate lets one go. An interrupt is noted and thrown. */
    void pass(String name) throws InterruptedException {
        order.add(name);
        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
        entered.release();
        try {
            open.acquire();
        } catch (InterruptedException stopped) {
            interrupted.complete(name);
            throw stopped;
        } finally {
            inside.decrementAndGet();
        }
    }

    /** As {@link #pass}, whatever interrupts. */
    void passDeaf(String name) {
        boolean passed = false;
        while (!passed) {
            try {
                pass(name);
                passed = true;
            } catch (InterruptedException ignored) {
                continue;
            }
        }
    }

    void open() {
        open.release(EVERYBODY);
    }

    /** One of those inside may go on. */
    void letOneGo() {
        open.release();
    }

    /** So many more have come in. */
    void awaitEntered(int count) {
        try {
            boolean all = entered.tryAcquire(count, Workshop.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (!all) throw new AssertionError(count + " more were expected at the gate, behind " + order);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted at the gate", stopped);
        }
    }

    /** True when somebody else comes in within that time. */
    boolean entersWithin(long millis) {
        try {
            return entered.tryAcquire(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted at the gate", stopped);
        }
    }

    /** The first who was interrupted. */
    String awaitInterrupted() {
        return Workshop.get(interrupted);
    }

    boolean wasInterrupted() {
        return interrupted.isDone();
    }

    int most() {
        return most.get();
    }

    /** Who came in, in that order. */
    List<String> order() {
        return List.copyOf(order);
    }
}
