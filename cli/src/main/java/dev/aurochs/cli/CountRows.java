package dev.aurochs.cli;

import dev.aurochs.cli.output.Document;
import dev.aurochs.queue.job.JobCounts;
import dev.aurochs.queue.job.JobState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** The counts of a queue in the order people read them. */
final class CountRows {
    private final Map<String, OptionalLong> rows = new LinkedHashMap<>();

    CountRows(JobCounts counts) {
        for (JobState state : JobState.values()) rows.put(state.label(), counts.of(state));
        rows.put("prioritized", counts.prioritized());
        rows.put("paused", counts.paused());
    }

    /** The names, in order. */
    static java.util.List<String> labels() {
        Map<JobState, Long> none = Map.of();
        JobCounts unknown = new JobCounts(none, OptionalLong.empty(), OptionalLong.empty(), false);
        return java.util.List.copyOf(new CountRows(unknown).rows.keySet());
    }

    /** The number, or {@code ?} where the backend cannot tell. */
    String shown(String label) {
        OptionalLong count = rows.get(label);
        return count.isPresent() ? Long.toString(count.getAsLong()) : "?";
    }

    /** Puts every count, or null where the backend cannot tell. */
    Document into(Document document) {
        rows.forEach((label, count) -> document.put(label, count.isPresent() ? (Number) count.getAsLong() : null));
        return document;
    }
}
