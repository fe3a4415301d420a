package dev.aurochs.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.engine.EngineBackend;
import dev.aurochs.engine.EngineProfile;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.LeaseToken;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.spi.ClaimedJob;
import dev.aurochs.queue.spi.Outcome;
import dev.aurochs.queue.spi.QueueBackend;
import dev.aurochs.queue.spi.Settled;
import dev.aurochs.queue.spi.Settlement;
import dev.aurochs.queue.spi.Traits.AckLevel;
import dev.aurochs.queue.spi.WorkSession;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Stores under the engine, and what a worker would do with them. */
final class Stores {
    private Stores() {}

    static QueueBackend over(RocksDbStore store) {
        return new EngineBackend(store, new EngineProfile("rocksdb", "rocksdb:x", AckLevel.DISK, Set.of(), List.of()));
    }

    /** Runs every job that is not finished; answers how many had begun before and begin again. */
    static int workOff(QueueBackend backend, Instant now) {
        Set<JobRef> stalled = new HashSet<>();
        for (QueueName queue : backend.queues())
            stalled.addAll(backend.recoverStalled(queue, MixedWork.worker("sweeper"), now));
        boolean some = true;
        while (some) {
            some = false;
            for (QueueName queue : backend.queues()) some |= workOff(backend, queue, now);
        }
        for (QueueName queue : backend.queues())
            for (JobState state : JobState.values())
                if (!state.isFinished())
                    assertThat(backend.counts(queue).of(state))
                            .as("%s in %s", state, queue)
                            .hasValue(0);
        return stalled.size();
    }

    private static boolean workOff(QueueBackend backend, QueueName queue, Instant now) {
        try (WorkSession session = backend.attach(queue, MixedWork.worker("after"))) {
            List<ClaimedJob> jobs =
                    session.claim(1_000, LeaseToken.random(), now).jobs();
            for (ClaimedJob job : jobs)
                assertThat(session.settle(List.of(new Settlement(job.lease(), new Outcome.Completed(Json.NULL))), now)
                                .get(0)
                                .toCompletableFuture()
                                .join())
                        .as("ending of %s", job.lease().job())
                        .isInstanceOf(Settled.Done.class);
            return !jobs.isEmpty();
        }
    }
}
