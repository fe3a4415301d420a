package dev.aurochs.queue;

import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.Json;
import org.jspecify.annotations.Nullable;

/** A job to be added with others: its name, payload and options. */
public record NewJobSpec(String name, @Nullable Object payload, JobOptions options) {
    public static NewJobSpec of(String name) {
        return new NewJobSpec(name, Json.EMPTY_OBJECT, JobOptions.defaults());
    }

    public static NewJobSpec of(String name, @Nullable Object payload) {
        return new NewJobSpec(name, payload, JobOptions.defaults());
    }

    public static NewJobSpec of(String name, @Nullable Object payload, JobOptions options) {
        return new NewJobSpec(name, payload, options);
    }
}
