package dev.aurochs.cli.demo;

import dev.aurochs.cli.demo.paint.Drawing;
import dev.aurochs.cli.demo.paint.OwnSet;
import dev.aurochs.queue.Queues;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Decides what a start of the demo has to do: finish a run that was cut off, begin a new one, or both. */
final class DemoRuns {
    private static final int INTERRUPTED = 130;

    private final DemoFolder folder;
    private final RunFile file;
    private final Queues queues;
    private final Store store;
    private final Function<RunState, Pace> paces;
    private final ProgressView view;
    private final PrintWriter out;

    /** Where the demo happens. */
    record Setting(DemoFolder folder, Queues queues, Store store) {}

    DemoRuns(Setting setting, Function<RunState, Pace> paces, ProgressView view, PrintWriter out) {
        this.folder = setting.folder();
        this.file = new RunFile(folder.runFile());
        this.queues = setting.queues();
        this.store = setting.store();
        this.paces = paces;
        this.view = view;
        this.out = out;
    }

    /**
     * Answers the exit code. {@code images} is a folder of the person's own, or null; a run that was cut off comes
     * first,
     * whatever pictures it has.
     */
    int start(@Nullable Path images) throws IOException, InterruptedException {
        folder.removeLeftovers();
        Optional<RunState> last = file.read();
        String wanted = images == null ? null : images.toString();
        if (last.isPresent() && !last.get().finished()) {
            int code = execute(last.get());
            boolean same = wanted == null || wanted.equals(last.get().images());
            if (same || code != 0) return code;
            last = file.read();
        } else last.ifPresent(done -> view.say("Run " + done.number() + " was done; this is a new one."));
        return execute(next(last, images));
    }

    private RunState next(Optional<RunState> last, @Nullable Path images) throws IOException {
        int number = last.map(RunState::number).orElse(0) + 1;
        List<String> pictures = images == null
                ? OwnSet.drawings().stream().map(Drawing::fileName).toList()
                : found(images);
        RunState next = RunState.fresh(number, images == null ? null : images.toString(), store, pictures);
        boolean otherPictures = last.isPresent() && !Objects.equals(last.get().images(), next.images());
        if (otherPictures) folder.putResultsAside(last.get().number());
        return next;
    }

    private List<String> found(Path images) throws IOException {
        PictureFinder.Found found = PictureFinder.in(images, folder.root());
        found.troubles().forEach(view::say);
        if (found.others() > 0) view.say(Wording.many(found.others(), "other file") + " in " + images + " left alone.");
        return found.names();
    }

    private int execute(RunState before) throws IOException, InterruptedException {
        if (before.images() == null) draw();
        RunState run = before.started(store);
        file.write(run);
        Pace pace = paces.apply(run);
        RunExecution execution = new RunExecution(run, queues, folder, pace, view);
        Interruption interruption = Interruption.arm(() -> stop(run, execution));
        Report report;
        try {
            report = execution.execute();
        } catch (RuntimeException problem) {
            if (interruption.disarm()) throw problem;
            return INTERRUPTED;
        }
        if (!interruption.disarm()) return INTERRUPTED;
        new Summary(out, run, report, folder).print(pace, store, queues.info());
        file.write(run.done());
        folder.removeStaging();
        return report.lost().isEmpty() ? 0 : 1;
    }

    /** Runs when a signal ends the JVM: running jobs end or are given back, and the person is told how to go on. */
    private void stop(RunState run, RunExecution execution) {
        view.end();
        view.say("Stopping; running jobs may end.");
        queues.close();
        view.end();
        try {
            file.write(run.stopped());
        } catch (IOException unwritten) {
            view.say("Cannot write " + folder.runFile() + ": " + unwritten.getMessage());
        }
        view.say("Stopped with " + execution.progress() + ". Carry on with the same command.");
    }

    /** Draws the pictures of the own set that are not there. */
    private void draw() throws IOException {
        List<Drawing> missing = OwnSet.drawings().stream()
                .filter(drawing -> !Files.exists(folder.pictures().resolve(drawing.fileName())))
                .toList();
        if (missing.isEmpty()) return;
        view.say("Drawing " + Wording.many(missing.size(), "picture") + " to work on.");
        AtomicInteger drawn = new AtomicInteger();
        try {
            missing.parallelStream().forEach(drawing -> {
                draw(drawing);
                view.show(drawn.incrementAndGet(), missing.size(), "pictures drawn");
            });
        } catch (UncheckedIOException unwritten) {
            throw unwritten.getCause();
        }
        view.end();
    }

    private void draw(Drawing drawing) {
        try {
            DurableFiles.write(folder.pictures().resolve(drawing.fileName()), drawing.draw());
        } catch (IOException unwritten) {
            throw new UncheckedIOException(unwritten);
        }
    }
}
