package dev.aurochs.rabbitmq;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what other threads and processes do; the bounds only end a test that has failed. */
final class Patience {
    private static final Duration LONGEST = Duration.ofSeconds(90);
    /** Longer than a broker waits that could not hand on a delayed job at its start (LateHopTest). */
    static final Duration AFTER_A_CRASH = Duration.ofMinutes(4);

    private static final Duration STEP = Duration.ofMillis(10);

    private Patience() {}

    static void until(String what, BooleanSupplier condition) {
        until(() -> what, condition);
    }

    /** @param what says what never came true, when it never did */
    static void until(Supplier<String> what, BooleanSupplier condition) {
        until(LONGEST, what, condition);
    }

    static void until(Duration longest, Supplier<String> what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + longest.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) throw new AssertionError("never came true: " + what.get());
            pass(STEP);
        }
    }

    /** Lets real time pass. */
    static void pass(Duration span) {
        long until = System.nanoTime() + span.toNanos();
        for (long left = span.toNanos(); left > 0; left = until - System.nanoTime()) LockSupport.parkNanos(left);
    }
}
