package dev.aurochs.cli.demo;

import dev.aurochs.queue.Handler;
import dev.aurochs.queue.JobContext;
import dev.aurochs.queue.job.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Publishes a picture once its children are through, or files it under {@code rejected/} when a check objects. The
 * picture appears by a rename: whole, or not yet. Running it twice does no harm.
 */
final class Upload implements Handler<PictureTask> {
    private final DemoFolder folder;

    Upload(DemoFolder folder) {
        this.folder = folder;
    }

    @Override
    public Published run(PictureTask task, JobContext job) throws IOException {
        List<Child> children = job.children();
        String broken = objection(children, PictureJobs.IMAGES);
        if (broken != null) return new Published(Published.Outcome.UNREADABLE, task.picture(), null, 0, 0, broken);
        Optimized optimized = optimized(task, children);
        String objection = objection(children, PictureJobs.CHECKS);
        Path target = (objection == null ? folder.shrunk() : folder.rejected()).resolve(optimized.file());
        Path elsewhere = (objection == null ? folder.rejected() : folder.shrunk()).resolve(optimized.file());
        publish(task, target);
        Files.deleteIfExists(elsewhere);
        job.log((objection == null ? "published as " : "filed as ") + target);
        return new Published(
                objection == null ? Published.Outcome.PUBLISHED : Published.Outcome.REJECTED,
                task.picture(),
                folder.root().relativize(target).toString(),
                optimized.before(),
                optimized.after(),
                objection);
    }

    /** A run that was cut off behind the rename left the picture at its target and nothing staged. */
    private void publish(PictureTask task, Path target) throws IOException {
        Path staged = folder.staging().resolve(task.staged());
        if (!Files.exists(staged) && Files.exists(target)) return;
        if (!Files.exists(staged)) OptimizeSize.optimize(folder, task);
        DurableFiles.move(staged, target);
    }

    private Optimized optimized(PictureTask task, List<Child> children) throws IOException {
        for (Child child : children)
            if (child.job().queue().value().equals(PictureJobs.IMAGES) && child.result() != null)
                return Records.read(child.result().text(), Optimized.class);
        return OptimizeSize.optimize(folder, task);
    }

    private static @Nullable String objection(List<Child> children, String queue) {
        String all = null;
        for (Child child : children)
            if (child.job().queue().value().equals(queue) && child.failure() != null)
                all = all == null ? child.failure() : all + "; " + child.failure();
        return all;
    }
}
