package dev.aurochs.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.JobCounts;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.QueueSettings;
import dev.aurochs.queue.job.ScheduleRecord;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.QueueBackend;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that can be seen of some queues; empty where nothing can be looked up. A queue that nobody touched leaves no
 * trace in it, so that projections of different sets of queues may be compared.
 */
record Projection(Map<String, Object> seen) {
    private static final int PAGE = 1_000;

    static Projection of(QueueBackend backend, Set<QueueName> queues) {
        Map<String, Object> seen = new LinkedHashMap<>();
        if (!backend.info().has(Capability.LOOKUP)) return new Projection(seen);
        for (QueueName queue : queues) {
            JobCounts counts = backend.counts(queue);
            boolean empty = counts.states().values().stream().allMatch(count -> count == 0);
            if (!empty) seen.put(queue + " counts", counts);
            QueueSettings settings = backend.settings(queue);
            if (!settings.equals(QueueSettings.DEFAULTS)) seen.put(queue + " settings", settings);
            if (backend.info().has(Capability.SCHEDULES)) schedules(backend, queue, seen);
            for (JobState state : JobState.values()) list(backend, queue, state, seen);
        }
        return new Projection(seen);
    }

    void requireSameAs(Projection before) {
        assertThat(seen).as("what can be seen afterwards").isEqualTo(before.seen);
    }

    private static void schedules(QueueBackend backend, QueueName queue, Map<String, Object> seen) {
        List<ScheduleRecord> schedules =
                backend.schedules(queue, PageRequest.first(PAGE)).items();
        if (!schedules.isEmpty()) seen.put(queue + " schedules", schedules);
    }

    private static void list(QueueBackend backend, QueueName queue, JobState state, Map<String, Object> seen) {
        PageRequest first = PageRequest.first(PAGE);
        List<JobRecord> jobs = backend.list(queue, state, first).items();
        if (!jobs.isEmpty()) seen.put(queue + " " + state, jobs);
        for (JobRecord job : jobs) {
            seen.put(job.ref() + " log", backend.log(job.ref(), first).items());
            seen.put(
                    job.ref() + " children",
                    Set.copyOf(backend.children(job.ref(), first).items()));
        }
    }
}
