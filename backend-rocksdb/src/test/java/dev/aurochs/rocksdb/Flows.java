package dev.aurochs.rocksdb;

import static dev.aurochs.rocksdb.Jobs.MAIL;
import static dev.aurochs.rocksdb.Jobs.NOW;
import static dev.aurochs.rocksdb.Jobs.ref;

import dev.aurochs.queue.job.ChildFailurePolicy;
import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.NewJob;
import dev.aurochs.queue.job.ParentLink;
import dev.aurochs.queue.spi.AddUnit;
import dev.aurochs.queue.spi.QueueBackend;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Jobs and trees as the portable layer would add them, with ids of their own. */
final class Flows {
    private Flows() {}

    static NewJob job(String id, JobOptions options, @Nullable String parent, boolean awaitsChildren) {
        ParentLink link = parent == null ? null : new ParentLink(ref(parent), ChildFailurePolicy.WAIT);
        JobId own = JobId.custom(id);
        return new NewJob(
                MAIL,
                NewJob.IdSource.CUSTOM,
                own,
                "welcome",
                Json.EMPTY_OBJECT,
                options,
                NOW,
                link,
                null,
                awaitsChildren);
    }

    /** A parent with its children, parents first. */
    static AddUnit tree(String parent, String... children) {
        List<NewJob> members = new ArrayList<>();
        members.add(job(parent, JobOptions.defaults(), null, true));
        for (String child : children) members.add(job(child, JobOptions.defaults(), parent, false));
        return new AddUnit(members);
    }

    static void add(QueueBackend backend, String parent, String... children) {
        backend.add(List.of(tree(parent, children)), NOW)
                .get(0)
                .toCompletableFuture()
                .join();
    }
}
