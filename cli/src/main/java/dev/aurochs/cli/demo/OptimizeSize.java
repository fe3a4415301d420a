package dev.aurochs.cli.demo;

import dev.aurochs.cli.demo.picture.Shrinker;
import dev.aurochs.cli.demo.picture.Shrunk;
import dev.aurochs.cli.demo.picture.UnreadablePictureException;
import dev.aurochs.queue.Handler;
import dev.aurochs.queue.JobContext;
import dev.aurochs.queue.UnrecoverableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Makes a picture smaller and lays the result ready for its upload. Running it twice does no harm. */
final class OptimizeSize implements Handler<PictureTask> {
    private final DemoFolder folder;

    OptimizeSize(DemoFolder folder) {
        this.folder = folder;
    }

    @Override
    public Optimized run(PictureTask task, JobContext job) throws IOException {
        Optimized optimized = optimize(folder, task);
        job.log(Wording.change(optimized.before(), optimized.after()) + ", now " + optimized.width() + " x "
                + optimized.height() + " pixels");
        return optimized;
    }

    static Optimized optimize(DemoFolder folder, PictureTask task) throws IOException {
        Path source = folder.root().resolve(task.source());
        try {
            Shrunk shrunk = Shrinker.shrink(source);
            DurableFiles.write(folder.staging().resolve(task.staged()), shrunk.bytes());
            return new Optimized(
                    name(task, shrunk), Files.size(source), shrunk.bytes().length, shrunk.width(), shrunk.height());
        } catch (UnreadablePictureException | NoSuchFileException hopeless) {
            throw new UnrecoverableException(Wording.reason(hopeless), hopeless);
        }
    }

    private static String name(PictureTask task, Shrunk shrunk) {
        if (shrunk.isOriginal()) return task.picture();
        return shrunk.extension().equals("png") ? task.asPng() : task.asJpeg();
    }
}
