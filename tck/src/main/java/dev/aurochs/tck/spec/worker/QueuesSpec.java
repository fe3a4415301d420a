package dev.aurochs.tck.spec.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aurochs.queue.Job;
import dev.aurochs.queue.QueueEvents;
import dev.aurochs.queue.Queues;
import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.QueueException;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.Rule;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The way in, and the way out. */
public abstract class QueuesSpec {
    @Rule("N12")
    @DisplayName("N12: a setting that the backend does not know is refused and named, with those that it knows")
    @Test
    void unknownSetting(QueueDriver q) {
        String address = q.backend().info().address();
        String text = address + (address.contains("?") ? "&" : "?") + "nonsense=1";
        assertThatThrownBy(() -> Queues.open(text)).isInstanceOfSatisfying(InvalidInputException.class, refusal -> {
            assertThat(refusal.field()).isEqualTo("address setting");
            assertThat(refusal.value()).isEqualTo("nonsense");
            assertThat(refusal.rule()).contains(" knows ");
        });
    }

    @Rule("N9")
    @DisplayName("N9: a scheme that nobody offers is refused, with those that were found")
    @Test
    void unknownScheme(QueueDriver q) {
        String address = q.backend().info().address();
        assertThatThrownBy(() -> Queues.open("carrier-pigeon:loft"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("carrier-pigeon")
                .hasMessageContaining(address.substring(0, address.indexOf(':')));
    }

    @Rule("W10")
    @DisplayName("W10: closing the queues closes workers first, then events, then the backend; no thread is left")
    @Test
    void closesAll(QueueDriver q) {
        List<String> before = q.newThreads();
        Workshop shop = Workshop.over(q);
        Job job = shop.add("a");
        Gate gate = new Gate();
        AtomicBoolean backendWasOpen = new AtomicBoolean();
        QueueEvents events = shop.queues().events(Workshop.MAIN).start();
        for (String queue : List.of(Workshop.MAIN, Workshop.OTHER))
            shop.queues()
                    .worker(queue)
                    .onAny((payload, context) -> {
                        gate.pass(context.name());
                        backendWasOpen.set(!shop.tap().isClosed());
                        return "ended in time";
                    })
                    .start();
        gate.awaitEntered(1);
        CompletableFuture<Void> closed = CompletableFuture.runAsync(shop::close);
        assertThat(gate.entersWithin(30)).isFalse();
        assertThat(closed).isNotDone();
        gate.open();
        Workshop.get(closed);
        assertThat(backendWasOpen).isTrue();
        assertThat(shop.tap().isClosed()).isTrue();
        if (q.has(Capability.LOOKUP))
            assertThat(q.backend()
                            .find(List.of(job.ref()))
                            .get(0)
                            .orElseThrow()
                            .status()
                            .result())
                    .hasToString("\"ended in time\"");
        Workshop.until("no thread is left", () -> before.containsAll(q.newThreads()));
        shop.queues().close();
        events.close();
    }

    @Rule("W12")
    @DisplayName("W12: a worker that never started, or could not, leaves no thread")
    @Test
    void neverStarted(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            List<String> before = q.newThreads();
            assertThatThrownBy(() -> shop.worker().start())
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("handlers");
            shop.worker().onAny((payload, job) -> null);
            assertThatThrownBy(() -> shop.worker()
                            .on("a", String.class, (payload, job) -> null)
                            .on("a", Integer.class, (payload, job) -> null))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("two handlers");
            shop.tap().setAway(true);
            assertThatThrownBy(() -> shop.worker().onAny((payload, job) -> null).start())
                    .isInstanceOf(QueueException.class);
            Workshop.until("no thread is left", () -> q.newThreads().equals(before));
        }
    }

    @Rule("W12")
    @DisplayName("W12: there is no shutdown hook unless asked for, and closing takes it away")
    @Test
    void shutdownHook(QueueDriver q) {
        Workshop shop = Workshop.over(q);
        Thread probe = new Thread(() -> {}, "probe");
        shop.queues().closeOnShutdown();
        shop.queues().closeOnShutdown();
        shop.close();
        shop.close();
        Runtime.getRuntime().addShutdownHook(probe);
        assertThat(Runtime.getRuntime().removeShutdownHook(probe)).isTrue();
        assertThat(shop.tap().isClosed()).isTrue();
    }
}
