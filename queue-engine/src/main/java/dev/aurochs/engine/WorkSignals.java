package dev.aurochs.engine;

import dev.aurochs.queue.job.QueueName;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Wakes sessions that wait for work: k new jobs wake at most k sessions. A session remembers how many signals it had
 * seen
 * when it claimed last, so that work added between an empty claim and the wait is not missed.
 */
final class WorkSignals {
    private final Map<QueueName, Line> lines = new ConcurrentHashMap<>();

    /** Tells {@code count} waiting sessions of the queue that there may be work. */
    void signal(QueueName queue, int count) {
        if (count > 0) line(queue).signal(count);
    }

    Ear listen(QueueName queue) {
        return new Ear(line(queue));
    }

    void closeAll() {
        lines.values().forEach(Line::closeAll);
    }

    private Line line(QueueName queue) {
        return lines.computeIfAbsent(queue, name -> new Line());
    }

    /** The sessions of one queue that wait. */
    private static final class Line {
        private final Deque<Ear> waiting = new ArrayDeque<>();
        private long signals;
        private boolean closed;

        synchronized void signal(int count) {
            signals++;
            for (int left = count; left > 0 && !waiting.isEmpty(); left--) waiting.poll().woken = true;
            notifyAll();
        }

        synchronized void closeAll() {
            closed = true;
            notifyAll();
        }

        synchronized long signals() {
            return signals;
        }

        synchronized void wake(Ear ear) {
            ear.woken = true;
            waiting.remove(ear);
            notifyAll();
        }

        synchronized void await(Ear ear, Duration atMost) throws InterruptedException {
            long deadline = System.nanoTime() + atMost.toNanos();
            if (ear.seen != signals) ear.woken = true;
            if (!ear.woken && !closed) waiting.add(ear);
            try {
                long left = atMost.toNanos();
                while (!ear.woken && !closed && left > 0) {
                    wait(left / 1_000_000, (int) (left % 1_000_000));
                    left = deadline - System.nanoTime();
                }
            } finally {
                waiting.remove(ear);
                ear.woken = false;
            }
        }
    }

    /** One session's ear. Its fields are guarded by its line. */
    static final class Ear {
        private final Line line;
        private long seen;
        private boolean woken;

        private Ear(Line line) {
            this.line = line;
        }

        /** To be called before a claim looks. */
        void beforeClaim() {
            synchronized (line) {
                seen = line.signals();
            }
        }

        void await(Duration atMost) throws InterruptedException {
            line.await(this, atMost);
        }

        void wake() {
            line.wake(this);
        }

        /** Tells another one: what this one was told of, or watched for, it will not see to any more. */
        void passOn() {
            line.signal(1);
        }
    }
}
