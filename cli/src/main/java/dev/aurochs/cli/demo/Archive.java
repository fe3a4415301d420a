package dev.aurochs.cli.demo;

import dev.aurochs.queue.Handler;
import dev.aurochs.queue.Queues;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.spi.Capability;
import java.util.List;
import java.util.Optional;

/** Knows what became of a run's jobs, also those of earlier starts: the store, or the demo's own notes. */
interface Archive {
    /** The store's knowledge where jobs can be looked up and have ids of the demo's choice; notes elsewhere. */
    static Archive of(Queues queues, DemoFolder folder, String label) {
        boolean asks = queues.info().has(Capability.LOOKUP) && queues.info().has(Capability.UNIQUE_IDS);
        return asks
                ? new StoreArchive(queues)
                : new NoteArchive(folder.staging().resolve("notes-" + label));
    }

    Optional<JobRecord> find(JobRef job);

    /** Where the jobs of these pictures are, as far as they were added; the others as they are planned. */
    List<PictureJobs> located(List<PictureJobs> plan);

    /** False when adding a picture's jobs again would store them twice. */
    boolean choosesIds();

    /** Takes note of where the jobs of pictures are that were just added. */
    void added(List<PictureJobs> jobs);

    /** The handler, with a note of each end of a run, where notes are needed. */
    <T> Handler<T> noting(Handler<T> handler);
}
