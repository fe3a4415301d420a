package dev.aurochs.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.engine.store.RateWindow;
import dev.aurochs.queue.job.RateLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rate limit arithmetic (rules L1, L2). */
class LimiterTest {
    private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");
    private static final RateLimit FIVE_A_SECOND = new RateLimit(5, Duration.ofSeconds(1));

    @DisplayName("L1: a closed window has room for all; its first grant opens it")
    @Test
    void opens() {
        assertThat(Limiter.room(RateWindow.CLOSED, FIVE_A_SECOND, NOW)).isEqualTo(5);
        RateWindow window = Limiter.grant(RateWindow.CLOSED, FIVE_A_SECOND, 2, NOW);
        assertThat(window).isEqualTo(new RateWindow(NOW.toEpochMilli(), 2));
        assertThat(Limiter.room(window, FIVE_A_SECOND, NOW.plusMillis(999))).isEqualTo(3);
        assertThat(Limiter.end(window, FIVE_A_SECOND)).isEqualTo(NOW.plusSeconds(1));
    }

    @DisplayName("L1: later grants count in the open window and do not move it")
    @Test
    void counts() {
        RateWindow window = Limiter.grant(RateWindow.CLOSED, FIVE_A_SECOND, 2, NOW);
        RateWindow full = Limiter.grant(window, FIVE_A_SECOND, 3, NOW.plusMillis(999));
        assertThat(full).isEqualTo(new RateWindow(NOW.toEpochMilli(), 5));
        assertThat(Limiter.room(full, FIVE_A_SECOND, NOW.plusMillis(999))).isZero();
    }

    @DisplayName("L1: the window closes at its end, to the millisecond; the next grant opens another")
    @Test
    void closes() {
        RateWindow full = new RateWindow(NOW.toEpochMilli(), 5);
        Instant end = NOW.plusSeconds(1);
        assertThat(Limiter.room(full, FIVE_A_SECOND, end)).isEqualTo(5);
        assertThat(Limiter.grant(full, FIVE_A_SECOND, 1, end.plusMillis(7)))
                .isEqualTo(new RateWindow(end.plusMillis(7).toEpochMilli(), 1));
    }

    @DisplayName("L1: a limit that shrinks below what was used has no room, never less than none")
    @Test
    void shrinks() {
        RateWindow full = new RateWindow(NOW.toEpochMilli(), 5);
        assertThat(Limiter.room(full, new RateLimit(3, Duration.ofSeconds(1)), NOW))
                .isZero();
    }

    @DisplayName("L2: in any span of k windows at most (k+1)·max, for k = 1 at most 2·max − 1 grants, greedy or not")
    @Test
    void spans() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            List<Long> grants = new ArrayList<>();
            RateWindow window = RateWindow.CLOSED;
            for (long ms = 0; ms < 8_000; ms++) {
                boolean asks = seed == 0 || random.nextInt(1 + random.nextInt(300)) == 0;
                Instant now = NOW.plusMillis(ms);
                int room = Math.min(asks ? 1 + random.nextInt(5) : 0, Limiter.room(window, FIVE_A_SECOND, now));
                if (room == 0) continue;
                window = Limiter.grant(window, FIVE_A_SECOND, room, now);
                for (int i = 0; i < room; i++) grants.add(ms);
            }
            assertThat(mostWithin(grants, 1_000)).isLessThanOrEqualTo(9);
            assertThat(mostWithin(grants, 3_000)).isLessThanOrEqualTo(20);
            assertThat(grants).isNotEmpty();
        }
    }

    /** The most grants in any half-open span of that length. */
    private static int mostWithin(List<Long> grants, long span) {
        int most = 0;
        int begin = 0;
        for (int end = 0; end < grants.size(); end++) {
            while (grants.get(end) - grants.get(begin) >= span) begin++;
            most = Math.max(most, end - begin + 1);
        }
        return most;
    }
}
