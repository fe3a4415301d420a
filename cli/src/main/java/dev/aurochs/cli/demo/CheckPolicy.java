package dev.aurochs.cli.demo;

import dev.aurochs.cli.demo.picture.PicturePolicy;
import dev.aurochs.cli.demo.picture.UnreadablePictureException;
import dev.aurochs.queue.Handler;
import dev.aurochs.queue.JobContext;
import dev.aurochs.queue.RunResult;
import dev.aurochs.queue.UnrecoverableException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;

/** Looks at the picture itself: its size, its shape, its brightness. */
final class CheckPolicy implements Handler<PictureTask> {
    private final DemoFolder folder;

    CheckPolicy(DemoFolder folder) {
        this.folder = folder;
    }

    /** What the job answers when nothing is wrong. */
    record Passed(int width, int height, int brightness) {}

    @Override
    public Object run(PictureTask task, JobContext job) throws IOException {
        try {
            PicturePolicy.Verdict verdict = PicturePolicy.judge(folder.root().resolve(task.source()));
            job.log(verdict.measured());
            return verdict.objection()
                    .<Object>map(RunResult::fail)
                    .orElseGet(() -> new Passed(verdict.width(), verdict.height(), (int)
                            verdict.brightness().mean()));
        } catch (UnreadablePictureException | NoSuchFileException hopeless) {
            throw new UnrecoverableException(Wording.reason(hopeless), hopeless);
        }
    }
}
