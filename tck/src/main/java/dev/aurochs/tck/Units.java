package dev.aurochs.tck;

import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.NewJob;
import dev.aurochs.queue.job.NewJob.IdSource;
import dev.aurochs.queue.job.ParentLink;
import dev.aurochs.queue.spi.AddUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns drafts into a unit as the portable layer does: parents before children, generated ids where links need them.
 */
final class Units {
    private final TestTime time;
    private final List<JobDraft> order = new ArrayList<>();
    private final List<NewJob> members = new ArrayList<>();

    private Units(TestTime time) {
        this.time = time;
    }

    static Units of(List<JobDraft> drafts, TestTime time) {
        Units units = new Units(time);
        for (JobDraft draft : drafts) units.collect(draft, null);
        return units;
    }

    AddUnit unit() {
        return new AddUnit(members);
    }

    /** The drafts in member order. */
    List<JobDraft> order() {
        return order;
    }

    private void collect(JobDraft draft, @Nullable JobRef above) {
        JobOptions options = draft.options(time);
        JobRef parent = above == null ? draft.parent() : above;
        boolean inTree = parent != null || !draft.children().isEmpty();
        IdSource source =
                options.id().isPresent() ? IdSource.CUSTOM : inTree ? IdSource.GENERATED : IdSource.ASSIGNED_BY_STORE;
        JobId id = switch (source) {
            case CUSTOM -> options.id().orElseThrow();
            case GENERATED -> JobId.random();
            case ASSIGNED_BY_STORE -> null;
        };
        order.add(draft);
        members.add(new NewJob(
                draft.queue(),
                source,
                id,
                draft.name(),
                draft.payload(),
                options,
                draft.createdAt(time),
                parent == null ? null : new ParentLink(parent, draft.policy()),
                draft.parentLease(),
                !draft.children().isEmpty()));
        if (id == null) return;
        JobRef self = new JobRef(draft.queue(), id);
        for (JobDraft child : draft.children()) collect(child, self);
    }
}
