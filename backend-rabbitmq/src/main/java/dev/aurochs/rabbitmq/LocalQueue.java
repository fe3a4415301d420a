package dev.aurochs.rabbitmq;

import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.rabbitmq.message.EventMessage;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** What this process knows of one queue: what it has in hand, what it sent there itself, whether it is paused. */
final class LocalQueue {
    private static final long PATIENCE_NANOS = 5_000_000_000L;

    private final QueueName name;
    private final Hand hand = new Hand();
    private final NavigableSet<Long> onTheWay = new TreeSet<>();
    private final Map<JobId, Journey> journeys = new ConcurrentHashMap<>();
    private long sent;
    private long arrivals;
    private volatile boolean paused;
    private volatile boolean pauseKnown;

    LocalQueue(QueueName name) {
        this.name = name;
    }

    QueueName name() {
        return name;
    }

    Hand hand() {
        return hand;
    }

    /** A job of this process is on its way to the waiting ones: claims wait until it is there. */
    void expect(CompletionStage<?> sending) {
        long number;
        synchronized (this) {
            number = sent++;
            onTheWay.add(number);
        }
        sending.whenComplete((done, failure) -> arrived(number));
    }

    /** A job of this queue is about to be sent; what is to be told of it is told when it is there or comes back. */
    Journey departs(JobId job, EventMessage event) {
        return Journey.begun(job, event, journeys);
    }

    /** The broker has handed a job out: if this process had sent it, it has arrived. */
    void comesBack(JobId job, Outbox outbox) {
        Journey journey = journeys.get(job);
        if (journey != null) journey.arrived(outbox);
    }

    /** How much of what this process sent here has arrived. */
    synchronized long arrivals() {
        return arrivals;
    }

    /** A new job of this process has arrived. */
    synchronized void noteArrival() {
        arrivals++;
    }

    private synchronized void arrived(long number) {
        onTheWay.remove(number);
        arrivals++;
        notifyAll();
    }

    /** Everything that this process had sent here before the call has arrived, or could not. */
    void awaitArrivals() {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        synchronized (this) {
            long next = sent;
            while (!onTheWay.isEmpty() && onTheWay.first() < next) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) return;
                try {
                    wait(left);
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    boolean isPaused() {
        return paused;
    }

    /** False until the broker was asked once. */
    boolean isPauseKnown() {
        return pauseKnown;
    }

    void setPaused(boolean paused) {
        boolean changed = this.paused != paused;
        this.paused = paused;
        pauseKnown = true;
        if (changed) hand.signal();
    }
}
