package dev.aurochs.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The engine under several threads, at every grain at which they can meet: its store's steps. A failure prints the seed
 * and who did what; {@code -Daurochs.interleaving.seed=…} plays it again, {@code -Daurochs.interleaving.runs=…} as many
 * as wished.
 */
class InterleavingTest {
    private static final int RUNS = Integer.getInteger("aurochs.interleaving.runs", 3_000);
    private static final long FIRST = Long.getLong("aurochs.interleaving.seed", 1);

    @Test
    @DisplayName("whoever comes between whose steps: one after the other could have been answered the same")
    void linearizable() throws InterruptedException {
        for (long seed = FIRST; seed < FIRST + RUNS; seed++) {
            Interleaving interleaving = Interleaving.of(seed, engine -> engine);
            assertThat(interleaving.isLinearizable()).as(interleaving::toString).isTrue();
        }
    }

    @Test
    @DisplayName("a backend that answers what was true a moment ago is found out")
    void catches() throws InterruptedException {
        int caught = 0;
        for (long seed = 1; seed <= 300; seed++) {
            AtomicReference<Object> before = new AtomicReference<>();
            Twist stale = call -> {
                Object answer = call.proceed();
                if (!call.name().equals("find")) return answer;
                Object earlier = before.getAndSet(answer);
                return earlier == null ? answer : earlier;
            };
            if (!Interleaving.of(seed, stale::over).isLinearizable()) caught++;
        }
        assertThat(caught).isPositive();
    }
}
