package dev.aurochs.cli.demo;

import dev.aurochs.queue.Queue;
import dev.aurochs.queue.Queues;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.spi.Capability;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps the demo away from other people's jobs and from those of demos in other folders: in a store that is not its
 * own, its queues' names may be in use.
 */
final class Strangers {
    private static final Map<String, Set<String>> OWN = Map.of(
            PictureJobs.UPLOADS, Set.of(PictureJobs.UPLOAD),
            PictureJobs.IMAGES, Set.of(PictureJobs.OPTIMIZE_SIZE),
            PictureJobs.CHECKS, Set.of(PictureJobs.CHECK_TERM, PictureJobs.CHECK_POLICY));
    private static final int LOOKED_AT = 1_000;

    private Strangers() {}

    /**
     * Throws {@link DemoRefusal} when one of the demo's queues holds unfinished jobs that this folder's demo did not
     * add.
     *
     * @param label what the ids of its latest run begin with; empty before the first
     */
    static void refuse(Queues queues, String address, Optional<String> label) {
        if (!queues.info().has(Capability.LOOKUP)) {
            refuseUnseen(queues, address, label);
            return;
        }
        OWN.forEach((name, jobNames) -> {
            Queue queue = queues.queue(name);
            for (JobState state : JobState.values()) {
                if (state.isFinished()) continue;
                for (JobRecord job :
                        queue.list(state, PageRequest.first(LOOKED_AT)).items()) {
                    if (!jobNames.contains(job.name()))
                        throw new DemoRefusal("queue '" + name + "' of " + address + " holds a job '" + job.name()
                                + "' that is not the demo's, and its workers would take it."
                                + " Give the demo a store of its own: leave out --backend.");
                    String id = job.ref().id().value();
                    if (label.isEmpty() || !id.startsWith(label.get() + "-"))
                        throw new DemoRefusal("queue '" + name + "' of " + address + " holds the job '" + id
                                + "' of a demo in another folder, which has its picture. Let it end there, or give"
                                + " this one a store of its own: leave out --backend.");
                }
            }
        });
    }

    /** Where nobody can look whose jobs wait, any that wait before the demo's first run are somebody else's. */
    private static void refuseUnseen(Queues queues, String address, Optional<String> label) {
        if (label.isPresent()) return;
        for (String name : OWN.keySet()) {
            long waiting = queues.queue(name).counts().of(JobState.WAITING).orElse(0);
            if (waiting > 0)
                throw new DemoRefusal("queue '" + name + "' of " + address + " holds "
                        + Wording.many(waiting, "job") + " that this folder's demo did not add, and its workers"
                        + " would take them. Give the demo names of its own: --prefix demo.");
        }
    }
}
