package dev.aurochs.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.QueueEvents;
import dev.aurochs.queue.Queues;
import dev.aurochs.queue.job.BackendUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Starting, steering and closing at any moment, many short rounds; {@code -Daurochs.races.rounds=…} plays more. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class WorkerRacesTest {
    private static final int ROUNDS = Integer.getInteger("aurochs.races.rounds", 150);

    @Test
    @DisplayName("W10: however a worker is steered and closed, no job is lost, left active, stalled or completed twice")
    void workers() throws InterruptedException {
        try (Queues queues = Queues.open("memory:")) {
            for (long seed = 1; seed <= ROUNDS; seed++) new WorkerRound(queues, seed).play();
        }
    }

    @Test
    @DisplayName("W10: what is opened while everything closes is refused or closed with it; no thread is left")
    void everything() throws InterruptedException {
        for (int round = 1; round <= ROUNDS; round++) {
            Random dice = new Random(round);
            Queue<Throwable> surprises = new ConcurrentLinkedQueue<>();
            String name = "all" + round;
            Queues queues = Queues.open("memory:");
            queues.queue(name).add("a");
            List<Thread> people = new ArrayList<>();
            people.add(person(dice.nextInt(200), surprises, () -> {
                for (int i = 0; i < 3; i++)
                    queues.worker(name).onAny((payload, job) -> null).start();
            }));
            people.add(person(dice.nextInt(200), surprises, () -> {
                try (QueueEvents first = queues.events(name).start()) {
                    queues.events(name).start();
                    first.onAny(event -> {});
                }
            }));
            people.add(person(dice.nextInt(400), surprises, queues::close));
            people.forEach(Thread::start);
            for (Thread one : people) one.join();
            assertThat(surprises).as("round " + round).isEmpty();
            WorkerRound.until(
                    "the threads of " + name + " ended",
                    () -> Thread.getAllStackTraces().keySet().stream()
                            .noneMatch(thread -> thread.getName().startsWith("aurochs-" + name + "-")));
        }
    }

    /** Does something after a moment; that the queues are closed is no surprise. */
    private static Thread person(int micros, Queue<Throwable> surprises, Runnable act) {
        return new Thread(() -> {
            WorkerRound.pause(micros);
            try {
                act.run();
            } catch (IllegalStateException | BackendUnavailableException closed) {
                if (!String.valueOf(closed.getMessage()).contains("closed")) surprises.add(closed);
            } catch (RuntimeException | Error surprise) {
                surprises.add(surprise);
            }
        });
    }
}
