package dev.aurochs.queue.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The bound on running jobs, and the line before it (rules W1, W2). */
@Timeout(60)
class SlotsTest {
    private static final int PLENTY = 256;

    private final StringBuilder told = new StringBuilder();

    @DisplayName("W1: as many as there are, and not one more")
    @Test
    void bounded() {
        Slots slots = new Slots(3);
        assertThat(take(slots, "a", 2)).isEqualTo(2);
        assertThat(take(slots, "a", PLENTY)).isEqualTo(1);
        assertThat(take(slots, "a", PLENTY)).isZero();
        slots.release(1);
        assertThat(told).hasToString("a");
        assertThat(take(slots, "a", PLENTY)).isEqualTo(1);
    }

    @DisplayName("W2: who asked in vain is told first and served first")
    @Test
    void turns() {
        Slots slots = new Slots(1);
        assertThat(take(slots, "a", 1)).isEqualTo(1);
        assertThat(take(slots, "b", 1)).isZero();
        slots.release(1);
        assertThat(told).hasToString("b");
        assertThat(take(slots, "a", 1)).as("it is b's turn").isZero();
        assertThat(take(slots, "b", 1)).isEqualTo(1);
        slots.release(1);
        assertThat(told).hasToString("ba");
        assertThat(take(slots, "b", 1)).as("it is a's turn").isZero();
        assertThat(take(slots, "a", 1)).isEqualTo(1);
    }

    @DisplayName("W2: one slot is kept for each who waits, the rest may be taken")
    @Test
    void reserved() {
        Slots slots = new Slots(4);
        assertThat(take(slots, "a", 4)).isEqualTo(4);
        assertThat(take(slots, "b", PLENTY)).isZero();
        assertThat(take(slots, "c", PLENTY)).isZero();
        slots.release(4);
        assertThat(take(slots, "a", PLENTY)).isEqualTo(2);
        assertThat(take(slots, "c", PLENTY)).as("b is first").isEqualTo(1);
        assertThat(take(slots, "b", PLENTY)).isEqualTo(1);
    }

    @DisplayName("W2: when the first in line leaves slots over, the next is told")
    @Test
    void passedOn() {
        Slots slots = new Slots(10);
        assertThat(take(slots, "a", 10)).isEqualTo(10);
        assertThat(take(slots, "b", 1)).isZero();
        assertThat(take(slots, "c", 1)).isZero();
        slots.release(10);
        assertThat(take(slots, "b", 1)).isEqualTo(1);
        assertThat(told).hasToString("bc");
    }

    @DisplayName("W2: who leaves the line holds nobody up")
    @Test
    void leave() {
        Slots slots = new Slots(1);
        assertThat(take(slots, "a", 1)).isEqualTo(1);
        assertThat(take(slots, "b", 1)).isZero();
        assertThat(take(slots, "c", 1)).isZero();
        slots.release(1);
        slots.leave("b");
        assertThat(told).hasToString("bc");
        assertThat(take(slots, "c", 1)).isEqualTo(1);
        slots.leave("never in line");
        assertThat(told).hasToString("bc");
    }

    @DisplayName("W1: a smaller bound lets running jobs go on; a larger one is told of at once")
    @Test
    void resize() {
        Slots slots = new Slots(4);
        assertThat(take(slots, "a", 4)).isEqualTo(4);
        slots.resize(2);
        assertThat(slots.capacity()).isEqualTo(2);
        slots.release(2);
        assertThat(take(slots, "a", 1)).isZero();
        slots.release(1);
        assertThat(take(slots, "a", PLENTY)).isEqualTo(1);
        assertThat(take(slots, "a", 1)).isZero();
        told.setLength(0);
        slots.resize(5);
        assertThat(told).hasToString("a");
        assertThat(take(slots, "a", PLENTY)).isEqualTo(3);
    }

    @DisplayName("W1, W2: under contention the bound holds and nobody starves")
    @Test
    void stress() throws InterruptedException {
        int capacity = 3;
        int turnsEach = 2_000;
        Slots slots = new Slots(capacity);
        AtomicInteger inUse = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Thread> takers = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(5);
        for (int number = 0; number < 5; number++) {
            Random random = new Random(number);
            Taker taker = new Taker(slots, random, inUse, most);
            Thread thread = new Thread(() -> {
                taker.turns(turnsEach);
                done.countDown();
            });
            takers.add(thread);
            thread.start();
        }
        assertThat(done.await(30, TimeUnit.SECONDS))
                .as("everybody had its turns")
                .isTrue();
        assertThat(most.get()).isBetween(1, capacity);
        assertThat(slots.take("last", PLENTY, () -> {})).as("all came back").isEqualTo(capacity);
    }

    private int take(Slots slots, String taker, int wanted) {
        return slots.take(taker, wanted, () -> told.append(taker));
    }

    /** Takes and gives back, waiting only to be told; leaves the line now and then. */
    private record Taker(Slots slots, Random random, AtomicInteger inUse, AtomicInteger most) {
        void turns(int count) {
            Semaphore told = new Semaphore(0);
            int had = 0;
            while (had < count) {
                told.drainPermits();
                int taken = slots.take(this, 1 + random.nextInt(3), told::release);
                if (taken > 0) {
                    had++;
                    most.accumulateAndGet(inUse.addAndGet(taken), Math::max);
                    if (random.nextInt(4) == 0) Thread.yield();
                    inUse.addAndGet(-taken);
                    slots.release(taken);
                } else if (random.nextInt(20) == 0) {
                    slots.leave(this);
                } else if (!wasTold(told)) {
                    throw new AssertionError("nobody told this one, after " + had + " turns");
                }
            }
            slots.leave(this);
        }

        private static boolean wasTold(Semaphore told) {
            try {
                return told.tryAcquire(10, TimeUnit.SECONDS);
            } catch (InterruptedException stopped) {
                return false;
            }
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }
}
