package dev.aurochs.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Lets one of several threads run at a time. At each point where a thread asks, a seeded die says who goes on, so that
 * a seed always gives the same interleaving. Threads that were not enrolled pass.
 */
final class Turns {
    private final Random die;
    private final List<Thread> alive = new ArrayList<>();
    private Thread current = Thread.currentThread();

    Turns(long seed) {
        die = new Random(seed);
    }

    /** Runs these on a thread each, and returns when all have ended. */
    void run(List<Runnable> bodies) throws InterruptedException {
        List<Thread> threads = bodies.stream()
                .map(body -> new Thread(() -> take(body), "turns"))
                .toList();
        synchronized (this) {
            alive.addAll(threads);
            pick();
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) thread.join();
    }

    /** Somebody else may run before this returns. */
    synchronized void next() {
        if (!alive.contains(Thread.currentThread())) return;
        pick();
        awaitTurn();
    }

    private void take(Runnable body) {
        synchronized (this) {
            awaitTurn();
        }
        try {
            body.run();
        } finally {
            leave();
        }
    }

    private synchronized void leave() {
        alive.remove(Thread.currentThread());
        pick();
    }

    private void pick() {
        if (alive.isEmpty()) return;
        current = alive.get(die.nextInt(alive.size()));
        notifyAll();
    }

    private void awaitTurn() {
        boolean interrupted = false;
        while (current != Thread.currentThread()) {
            try {
                wait();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }
}
