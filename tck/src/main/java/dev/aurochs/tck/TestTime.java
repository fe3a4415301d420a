package dev.aurochs.tck;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** The time of one test. Specs count it in units; how long a unit is, and whether it really passes, is decided here. */
public abstract class TestTime {
    private final Duration unit;
    private Runnable beforePassing = () -> {};

    private TestTime(Duration unit) {
        this.unit = unit;
    }

    /** A moment that moves only when told to; for backends that take all time from their arguments. */
    public static TestTime virtual() {
        return virtual(span -> {});
    }

    /**
     * The same for servers that measure some times by a clock of their own.
     *
     * @param server shortens all that the server measures by the span that passes; what really passes meanwhile must be
     *     little beside a unit, which is a second
     */
    public static TestTime virtual(Consumer<Duration> server) {
        return new Virtual(server);
    }

    /** Time that passes; for servers whose clocks nobody can move. A unit should be 100 ms or more. */
    public static TestTime real(Duration unit) {
        return new Real(unit);
    }

    /** To the millisecond. */
    public abstract Instant now();

    /** When it returns, {@link #now()} is later by at least this span. */
    public final void pass(Duration span) {
        beforePassing.run();
        move(span);
    }

    /** A long while, longer than any lease of the kit: far longer where time is the test's own. */
    public final void passLong() {
        pass(units(isVirtual() ? 100 : 12));
    }

    /** True when time passes only by {@link #pass}. */
    public abstract boolean isVirtual();

    abstract void move(Duration span);

    final void beforePassing(Runnable action) {
        beforePassing = action;
    }

    public final Duration unit() {
        return unit;
    }

    public final Duration units(long count) {
        return unit.multipliedBy(count);
    }

    private static final class Virtual extends TestTime {
        private Instant now = Instant.parse("2027-01-01T00:00:00Z");

        private final Consumer<Duration> server;

        Virtual(Consumer<Duration> server) {
            super(Duration.ofSeconds(1));
            this.server = server;
        }

        @Override
        public synchronized Instant now() {
            return now;
        }

        @Override
        synchronized void move(Duration span) {
            now = now.plus(span);
            server.accept(span);
        }

        @Override
        public boolean isVirtual() {
            return true;
        }
    }

    /** Anchored once, so that a wall clock that is set does not move the test. */
    private static final class Real extends TestTime {
        private final Instant begin = Instant.now();
        private final long beginNanos = System.nanoTime();

        Real(Duration unit) {
            super(unit);
        }

        @Override
        public Instant now() {
            return begin.plusNanos(System.nanoTime() - beginNanos).truncatedTo(ChronoUnit.MILLIS);
        }

        @Override
        void move(Duration span) {
            long until = System.nanoTime() + span.plusMillis(1).toNanos();
            for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        }

        @Override
        public boolean isVirtual() {
            return false;
        }
    }
}
