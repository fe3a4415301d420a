package dev.aurochs.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aurochs.queue.FlowNode;
import dev.aurochs.queue.Queues;
import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.BackendUnavailableException.Outcome;
import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.spi.BackendAddress;
import dev.aurochs.queue.spi.QueueBackend;
import dev.aurochs.tck.fault.Fault;
import dev.aurochs.tck.fault.FaultyBackend;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rule A20: what becomes of an add that nobody waits for when the store cannot answer. */
@Timeout(30)
class AddAsyncTest {
    private Queues queues = Queues.open("memory:");

    @AfterEach
    void end() {
        queues.close();
    }

    /** The ways of adding without waiting. */
    private interface Way {
        CompletionStage<?> add(Queues queues);
    }

    static Stream<Named<Way>> ways() {
        return Stream.of(
                Named.of("a job", queues -> queues.queue("q").addAsync("job", 1, JobOptions.defaults())),
                Named.of("a flow", queues -> queues.flows().addAsync(FlowNode.of("q", "job", 1))));
    }

    @ParameterizedTest
    @MethodSource("ways")
    @DisplayName("A20: a store that is away is told by the stage, not thrown")
    void thrownByTheStore(Way way) {
        FaultyBackend faulty = new FaultyBackend(sound(), "add", Fault.NOT_APPLIED, 1, 0);
        over(faulty.backend());
        faulty.strikeNext();
        assertThatThrownBy(() -> way.add(queues).toCompletableFuture().join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        BackendUnavailableException.class,
                        away -> assertThat(away.outcomeUnknown()).isFalse());
    }

    @ParameterizedTest
    @MethodSource("ways")
    @DisplayName("A20: what hangs on an add that fails runs on no thread of the store")
    void failedLater(Way way) throws Exception {
        CompletableFuture<Object> answer = new CompletableFuture<>();
        over(answeringAdds(answer));
        CompletableFuture<String> thread = new CompletableFuture<>();
        way.add(queues)
                .whenComplete((added, failure) ->
                        thread.complete(Thread.currentThread().getName()));
        Throwable away = new BackendUnavailableException("went away", Outcome.UNKNOWN, null);
        new Thread(() -> answer.completeExceptionally(away), "store").start();
        assertThat(thread.get(10, TimeUnit.SECONDS)).startsWith("aurochs-callback-");
    }

    @Test
    @DisplayName("A20: what is refused before anything is sent is thrown")
    void refused() {
        assertThatThrownBy(() -> queues.queue("q").addAsync("", 1, JobOptions.defaults()))
                .isInstanceOf(InvalidInputException.class);
    }

    private void over(QueueBackend backend) {
        queues.close();
        queues = Queues.over(backend, InstantSource.system());
    }

    private static QueueBackend sound() {
        return new MemoryBackendProvider().open(BackendAddress.parse("memory:"));
    }

    /** Adds nothing; whoever adds gets the stage. */
    private static QueueBackend answeringAdds(CompletableFuture<?> answer) {
        QueueBackend sound = sound();
        Object proxy = Proxy.newProxyInstance(
                AddAsyncTest.class.getClassLoader(),
                new Class<?>[] {QueueBackend.class},
                (self, method, arguments) ->
                        method.getName().equals("add") ? List.of(answer) : method.invoke(sound, arguments));
        return (QueueBackend) proxy;
    }
}
