package dev.aurochs.tck.spec;

import static dev.aurochs.tck.JobDraft.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.Requires;
import dev.aurochs.tck.Rule;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Which queues there are. */
@Requires(Capability.QUEUE_LISTING)
public abstract class QueueListSpec {
    @Rule("V7")
    @DisplayName("V7: every queue that was added to is listed, also when it is empty again")
    @Requires(Capability.ATOMIC_GROUPS)
    @Test
    void listed(QueueDriver q) {
        q.addAll(job("a"), job("b").in("other/Ü"), job("p").in("parents").children(job("c").in("children")));
        q.expectRuns("a");
        assertThat(q.backend().queues())
                .containsExactlyInAnyOrder(
                        QueueName.of("main"),
                        QueueName.of("other/Ü"),
                        QueueName.of("parents"),
                        QueueName.of("children"));
    }

    @Rule("V7")
    @DisplayName("V7: an empty store has no queues")
    @Test
    void none(QueueDriver q) {
        assertThat(q.backend().queues()).isEmpty();
    }
}
