package dev.aurochs.cli.demo;

import dev.aurochs.queue.Queues;
import dev.aurochs.queue.WorkerOptions;
import dev.aurochs.queue.job.Retention;
import dev.aurochs.queue.spi.BackendInfo;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.Traits.Leasing;
import java.time.Duration;

/** The three workers of the demo. They end when their {@link Queues} is closed. */
final class Crew {
    private static final Duration GRACE = Duration.ofSeconds(5);
    /** Short, so that where leases have to run out first, what a kill cut off runs again soon. */
    private static final Duration LEASE = Duration.ofSeconds(5);

    private static final Duration LOOK = Duration.ofSeconds(1);
    /** When all that a kill cut off runs again, at the latest. */
    static final Duration RECOVERED_WITHIN = LEASE.plus(LOOK);

    private static final int MOST_SHRINKERS = 8;
    private static final int CHECKERS = 4;
    private static final int UPLOADERS = 2;
    /** A person may kill the demo again and again; that is no fault of the job which runs at that moment. */
    private static final int MOST_STALLS = 10;

    private Crew() {}

    /** Starts them; what a killed start left running is taken up again at once where the store can tell. */
    static void start(Queues queues, DemoFolder folder, Pace pace, Archive archive) {
        BackendInfo info = queues.info();
        int shrinkers = Math.min(MOST_SHRINKERS, Runtime.getRuntime().availableProcessors());
        WorkerOptions.Builder checking = options(info, "checks", CHECKERS);
        if (info.has(Capability.WORKER_LIMIT)) checking.rateLimit(pace.checks());
        queues.worker(PictureJobs.IMAGES)
                .on(PictureJobs.OPTIMIZE_SIZE, PictureTask.class, archive.noting(new OptimizeSize(folder)))
                .options(options(info, "images", shrinkers).build())
                .start();
        queues.worker(PictureJobs.CHECKS)
                .on(PictureJobs.CHECK_TERM, PictureTask.class, archive.noting(new CheckTerm(folder)))
                .on(PictureJobs.CHECK_POLICY, PictureTask.class, archive.noting(new CheckPolicy(folder)))
                .options(checking.build())
                .start();
        queues.worker(PictureJobs.UPLOADS)
                .on(PictureJobs.UPLOAD, PictureTask.class, archive.noting(new Upload(folder)))
                .options(options(info, "uploads", UPLOADERS).build())
                .start();
    }

    private static WorkerOptions.Builder options(BackendInfo info, String name, int concurrency) {
        WorkerOptions.Builder options = WorkerOptions.builder()
                .name("demo-" + name)
                .concurrency(concurrency)
                .maxStalls(MOST_STALLS)
                .closeGrace(GRACE)
                .keepCompleted(Retention.all());
        if (info.traits().leasing() == Leasing.RENEWED) options.lease(LEASE).stalledInterval(LOOK);
        return options;
    }
}
