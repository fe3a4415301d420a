package dev.aurochs.cli.demo;

import dev.aurochs.cli.demo.picture.Terms;
import dev.aurochs.cli.demo.picture.UnreadablePictureException;
import dev.aurochs.queue.Handler;
import dev.aurochs.queue.JobContext;
import dev.aurochs.queue.RunResult;
import dev.aurochs.queue.UnrecoverableException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;

/** Looks for unwanted words in a picture's name and in the texts inside its file. */
final class CheckTerm implements Handler<PictureTask> {
    private final DemoFolder folder;

    CheckTerm(DemoFolder folder) {
        this.folder = folder;
    }

    /** What the job answers when nothing is wrong. */
    record Passed(int wordsRead) {}

    /** The outage that the demo stages, to show what a retry looks like. */
    static final class NoAnswerException extends IOException {
        private static final long serialVersionUID = 1L;

        NoAnswerException(int outages) {
            super("the term service did not answer (the demo makes this fail " + Wording.times(outages) + ")");
        }
    }

    @Override
    public Object run(PictureTask task, JobContext job) throws IOException {
        if (job.attempt() <= task.outages()) throw new NoAnswerException(task.outages());
        try {
            Terms.Verdict verdict = Terms.judge(task.picture(), folder.root().resolve(task.source()));
            job.log("read " + verdict.words() + " words");
            return verdict.objection().<Object>map(RunResult::fail).orElseGet(() -> new Passed(verdict.words()));
        } catch (UnreadablePictureException | NoSuchFileException hopeless) {
            throw new UnrecoverableException(Wording.reason(hopeless), hopeless);
        }
    }
}
