package dev.aurochs.tck.spec.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.Job;
import dev.aurochs.queue.NewJobSpec;
import dev.aurochs.queue.RunResult;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.Requires;
import dev.aurochs.tck.Rule;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a worker with default settings leaves behind. */
@Requires({Capability.LOOKUP, Capability.KEEPS_COMPLETED})
public abstract class KeepingSpec {
    private static final int KEPT = 1_000;
    private static final int FAILED = 1_005;

    @Rule("W13")
    @DisplayName("W13: by default the newest 1,000 completed jobs stay, and all failed ones")
    @Test
    void defaults(QueueDriver q) {
        q.need(Capability.KEEPS_COMPLETED);
        try (Workshop shop = Workshop.over(q)) {
            Job first = shop.add("ok");
            List<NewJobSpec> specs = new ArrayList<>();
            for (int i = 0; i < KEPT; i++) specs.add(NewJobSpec.of("ok", i));
            for (int i = 0; i < FAILED; i++) specs.add(NewJobSpec.of("bad", i));
            List<Job> jobs = shop.queue().addAll(specs);
            shop.worker(50)
                    .onAny((payload, job) -> job.name().equals("bad") ? RunResult.fail("bad") : null)
                    .start();
            shop.result(first);
            jobs.forEach(job -> Workshop.until("it ended", () -> shop.hasEnded(job)));
            Workshop.until(
                    "the last was dropped",
                    () -> shop.queue().counts().of(JobState.COMPLETED).orElseThrow() == KEPT);
            assertThat(shop.queue().counts().of(JobState.FAILED)).hasValue(FAILED);
        }
    }
}
