package dev.aurochs.tck.walk;

import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.job.QueueName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The model and a backend, side by side. */
final class Pair<S extends View> implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMillis(Integer.getInteger("aurochs.walk.patience", 10_000));

    private final S model;
    private final S backend;

    Pair(S model, S backend) {
        this.model = model;
        this.backend = backend;
    }

    /** Where the two part when this is done to both; null when they agree. */
    @Nullable
    String step(Command<S, ?> act) {
        String difference = act.dropsEvents() ? events() : null;
        if (difference != null) return difference;
        return compare(act.toString(), attempt(act, model), attempt(act, backend));
    }

    private static <S> Object attempt(Command<S, ?> act, S side) {
        try {
            return act.on(side);
        } catch (RuntimeException | AssertionError thrown) {
            return thrown.getClass().getName() + ": " + thrown.getMessage();
        }
    }

    /** Compares all that can be looked at. */
    @Nullable
    String look() {
        String difference = events();
        for (QueueName queue : model.queues()) {
            if (difference == null) difference = look(queue);
        }
        return difference;
    }

    private @Nullable String look(QueueName queue) {
        String difference = compare("counts of " + queue, model.counts(queue), backend.counts(queue));
        if (difference == null)
            difference = compare("settings of " + queue, model.settings(queue), backend.settings(queue));
        for (JobState state : JobState.values()) {
            if (difference != null) return difference;
            List<JobRecord> mine = listed(model, queue, state);
            difference = compare(state + " in " + queue, mine, listed(backend, queue, state));
            for (JobRecord job : mine) if (difference == null) difference = look(job.ref());
        }
        return difference;
    }

    private @Nullable String look(JobRef job) {
        String difference = compare("children of " + job, model.children(job), backend.children(job));
        return difference != null ? difference : compare("log of " + job, model.log(job), backend.log(job));
    }

    /** In list order where the rules give one. */
    private static List<JobRecord> listed(View side, QueueName queue, JobState state) {
        List<JobRecord> jobs = new ArrayList<>(side.list(queue, state, View.ALL));
        boolean unordered = state == JobState.ACTIVE || state == JobState.WAITING_CHILDREN;
        if (unordered) jobs.sort(Comparator.comparing(job -> job.id().value()));
        return jobs;
    }

    /** Compares the events since the last time; a backend may show them a little later than its answers. */
    private @Nullable String events() {
        List<QueueEvent> mine = model.read(Duration.ZERO);
        List<QueueEvent> its = backend.read(Duration.ZERO);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (its.size() < mine.size() && System.nanoTime() < deadline) its.addAll(backend.read(PATIENCE));
        return compare("events", Agreement.ordered(mine), Agreement.ordered(its));
    }

    private static @Nullable String compare(String what, Object mine, Object its) {
        if (Agreement.agree(mine, its)) return null;
        if (mine instanceof List<?> a && its instanceof List<?> b) {
            int i = 0;
            while (i < a.size() && i < b.size() && Agreement.agree(a.get(i), b.get(i))) i++;
            return "%s, item %d of %d and %d:%n  model   %s%n  backend %s"
                    .formatted(what, i, a.size(), b.size(), at(a, i), at(b, i));
        }
        return "%s:%n  model   %s%n  backend %s".formatted(what, mine, its);
    }

    private static String at(List<?> list, int index) {
        return index < list.size() ? Objects.toString(list.get(index)) : "(no more)";
    }

    @Override
    public void close() {
        model.close();
        backend.close();
    }
}
