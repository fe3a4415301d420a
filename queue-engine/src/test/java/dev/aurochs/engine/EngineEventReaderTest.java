package dev.aurochs.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.EventPosition;
import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.spi.EventBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a reader stands, and what it is told of what it missed (rules E3, E9, E12). */
@Timeout(60)
class EngineEventReaderTest {
    private static final QueueName A = QueueName.of("a");
    private static final QueueName B = QueueName.of("b");
    private static final Duration LONG = Duration.ofSeconds(30);

    private final EventRows store = new EventRows();
    private final EventHub hub = new EventHub(store);

    @DisplayName("E4: what is not safe is not read")
    @Test
    void unsafe() throws Exception {
        EngineEventReader reader = open(EventPosition.START, A);
        store.append(A, 1);
        assertThat(reader.read(9, Duration.ZERO).events()).isEmpty();
        hub.show(A, 1);
        assertThat(moments(reader.read(9, LONG))).containsExactly(1_000L);
    }

    @DisplayName("E3: NOW begins behind what there is, START with what is kept, a position behind what was read")
    @Test
    void positions() throws Exception {
        show(A, store.append(A, 1));
        show(A, store.append(A, 1));
        EngineEventReader now = open(EventPosition.NOW, A);
        EngineEventReader start = open(EventPosition.START, A);
        EventBatch one = start.read(1, LONG);
        assertThat(moments(one)).containsExactly(1_000L);
        show(A, store.append(A, 1));
        assertThat(moments(now.read(9, LONG))).containsExactly(3_000L);
        assertThat(moments(open(one.next(), A).read(9, LONG))).containsExactly(2_000L, 3_000L);
    }

    @DisplayName("E3: a batch may end within the events of one step; the next goes on there, also from its position")
    @Test
    void withinARow() throws Exception {
        show(A, store.append(A, 5));
        EngineEventReader reader = open(EventPosition.START, A);
        EventBatch two = reader.read(2, LONG);
        assertThat(moments(two)).containsExactly(1_000L, 1_001L);
        assertThat(moments(open(two.next(), A).read(9, LONG))).containsExactly(1_002L, 1_003L, 1_004L);
        assertThat(moments(reader.read(9, LONG))).containsExactly(1_002L, 1_003L, 1_004L);
    }

    @DisplayName("E10: a position holds the place in each queue, and is good for fewer or more queues")
    @Test
    void severalQueues() throws Exception {
        show(A, store.append(A, 1));
        show(B, store.append(B, 1));
        EventBatch both = open(EventPosition.START, A, B).read(9, LONG);
        assertThat(both.events()).hasSize(2);
        show(A, store.append(A, 1));
        show(B, store.append(B, 1));
        assertThat(open(both.next(), B).read(9, LONG).events())
                .singleElement()
                .satisfies(event -> assertThat(event.queue()).isEqualTo(B));
        EventBatch onlyA = open(EventPosition.START, A).read(9, LONG);
        assertThat(open(onlyA.next(), A, B).read(9, LONG).events())
                .hasSize(2)
                .allMatch(event -> event.queue().equals(B));
    }

    @DisplayName("E12: a reader that was overtaken by trimming is told; one that begins at the start is not")
    @Test
    void gap() throws Exception {
        EngineEventReader atNow = open(EventPosition.NOW, A);
        EngineEventReader reader = open(EventPosition.START, A);
        show(A, store.append(A, 1));
        EventPosition first = reader.read(9, LONG).next();
        for (int i = 0; i < 4; i++) show(A, store.append(A, 1));
        store.trim(A, 4);
        for (EngineEventReader missed : List.of(reader, atNow, open(first, A))) {
            EventBatch batch = missed.read(9, LONG);
            assertThat(batch.gap()).isTrue();
            assertThat(moments(batch)).containsExactly(4_000L, 5_000L);
        }
        assertThat(open(EventPosition.START, A).read(9, LONG).gap()).isFalse();
        show(A, store.append(A, 1));
        assertThat(reader.read(9, LONG).gap()).as("told once").isFalse();
    }

    @DisplayName("E12: trimmed up to what was read is no gap")
    @Test
    void noGap() throws Exception {
        EngineEventReader reader = open(EventPosition.START, A);
        show(A, store.append(A, 1));
        show(A, store.append(A, 1));
        assertThat(reader.read(9, LONG).events()).hasSize(2);
        store.trim(A, 3);
        show(A, store.append(A, 1));
        EventBatch batch = reader.read(9, LONG);
        assertThat(batch.gap()).isFalse();
        assertThat(moments(batch)).containsExactly(3_000L);
    }

    @DisplayName("E9: a read waits for an event, and ends when the reader is closed")
    @Test
    void waits() throws Exception {
        EngineEventReader reader = open(EventPosition.NOW, A);
        CompletableFuture<EventBatch> batch = CompletableFuture.supplyAsync(() -> readLong(reader));
        show(A, store.append(A, 1));
        assertThat(batch.get(10, TimeUnit.SECONDS).events()).hasSize(1);
        CompletableFuture<EventBatch> none = CompletableFuture.supplyAsync(() -> readLong(reader));
        reader.close();
        assertThat(none.get(10, TimeUnit.SECONDS).events()).isEmpty();
    }

    @DisplayName("B3: a reader of a closed backend says so, instead of answering that nothing happened for ever")
    @Test
    void closedBackend() {
        EngineEventReader reader = open(EventPosition.NOW, A);
        hub.close();
        assertThatThrownBy(() -> reader.read(9, LONG)).isInstanceOf(BackendUnavailableException.class);
        reader.close();
        assertThat(readLong(reader).events()).isEmpty();
    }

    @DisplayName("A position of somebody else's is refused")
    @ParameterizedTest
    @ValueSource(strings = {"", "1", "x:a", "1:a:2", "1-0", "now:a"})
    void foreign(String position) {
        assertThatThrownBy(() -> open(new EventPosition(position), A))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("event position");
    }

    private EngineEventReader open(EventPosition from, QueueName... queues) {
        return new EngineEventReader(store, hub, Set.of(queues), from);
    }

    private void show(QueueName queue, long seq) {
        hub.show(queue, seq);
    }

    private static EventBatch readLong(EngineEventReader reader) {
        try {
            return reader.read(9, LONG);
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    private static List<Long> moments(EventBatch batch) {
        List<Long> moments = new ArrayList<>();
        for (QueueEvent event : batch.events()) moments.add(event.at().toEpochMilli());
        return moments;
    }
}
