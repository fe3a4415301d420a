package dev.aurochs.cli.demo;

import dev.aurochs.cli.input.KeyPrefix;
import dev.aurochs.queue.Queues;
import dev.aurochs.queue.spi.BackendInfo;
import dev.aurochs.queue.spi.Capability;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code demo}: the first thing that a person runs. */
@Command(
        name = "demo",
        header = "Send pictures through flows of jobs: to watch, to kill and to start again.",
        customSynopsis = "aurochs demo [OPTIONS]",
        sortOptions = false,
        descriptionHeading = "%n",
        description = {
            "For each picture a job 'upload' waits for its children: 'optimize-size' makes the picture smaller,",
            "'check-term' and 'check-policy' look for something wrong with it. A few jobs fail and are retried with",
            "backoff, one is delayed, one is urgent, the checks are rate limited, and a picture that fails a check for",
            "good is filed apart. It takes about ten seconds.",
            "",
            "Kill it half-way, with kill -9 too, and start it again: it carries on where it was. A demo that is done",
            "begins a new run. Ctrl-C lets running jobs end first.",
            "",
            "Everything is in the folder ./aurochs-demo: the job store in jobs (unless --backend names another), the",
            "smaller pictures in shrunk, those that failed a check in rejected. Originals are never changed."
        },
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  aurochs demo",
            "  aurochs demo --images ~/Pictures",
            "  aurochs demo --fresh",
            "  aurochs jobs uploads completed --backend rocksdb:./aurochs-demo/jobs"
        })
public final class DemoCommand implements Callable<Integer> {
    private static final int FAILED = 1;
    /** That jobs were recovered, the demo tells in its own words. */
    private static final String RECOVERY_LOG = "org.slf4j.simpleLogger.log.dev.aurochs.queue.internal.StalledSweeper";

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description = {
                "Use the pictures in this folder and those below it (jpg, png, gif, bmp, tiff),",
                "as fast as it goes, instead of twelve that the demo draws itself."
            })
    private @Nullable String images;

    @Option(
            names = "--backend",
            paramLabel = "URI",
            description = {
                "Where the jobs are: memory:, rocksdb:PATH, redis://HOST:PORT/DATABASE,",
                "amqp://HOST:PORT/VHOST (what became of the jobs, the demo then notes itself). Default:",
                "RocksDB in the demo's own folder, whatever AUROCHS_BACKEND says."
            })
    private @Nullable String backend;

    @Option(
            names = "--prefix",
            paramLabel = "TEXT",
            description = "What the keys in Redis begin with, instead of 'bull'; other backends have none.")
    private @Nullable String prefix;

    @Option(names = "--fresh", description = "Start over: first delete what earlier demos left in ./aurochs-demo.")
    private boolean fresh;

    @Option(names = "--folder", paramLabel = "DIR", hidden = true, defaultValue = "aurochs-demo")
    private String folderName;

    @Option(names = "--pace", paramLabel = "MILLIS", hidden = true)
    private @Nullable Long paceMillis;

    @Option(names = "--stacktrace", description = "Show where in the program an error came from.")
    private boolean stacktrace;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Override
    public Integer call() throws IOException, InterruptedException {
        System.setProperty("java.awt.headless", "true");
        System.setProperty(RECOVERY_LOG, "error");
        Path root = path("--folder", folderName);
        Path pictures = images == null ? null : imagesFolder(root, images);
        String address = KeyPrefix.added(backend == null ? "rocksdb:" + shown(root) + "/jobs" : backend, prefix);
        PrintWriter err = spec.commandLine().getErr();
        try (DemoFolder folder = DemoFolder.open(root)) {
            Optional<String> label = new RunFile(folder.runFile()).label();
            if (fresh) forget(folder, address);
            try (Queues queues = Queues.open(address)) {
                require(queues.info());
                boolean own = backend == null;
                Store store = new Store(own ? address : queues.info().address(), own, !own && address.contains("@"));
                if (!own) Strangers.refuse(queues, store.address(), label);
                boolean terminal = Boolean.getBoolean("aurochs.terminal");
                ProgressView view = ProgressView.on(err, terminal);
                tellWhatIsMissing(queues.info(), view);
                return new DemoRuns(
                                new DemoRuns.Setting(folder, queues, store),
                                this::pace,
                                view,
                                spec.commandLine().getOut())
                        .start(pictures);
            }
        } catch (DemoRefusal refused) {
            err.println("aurochs: " + refused.getMessage());
            err.flush();
            return FAILED;
        }
    }

    private Pace pace(RunState run) {
        if (paceMillis != null) return Pace.of(Duration.ofMillis(paceMillis));
        return run.images() == null ? Pace.watchable() : Pace.swift();
    }

    /** Relative paths are shown as people type them: {@code ./aurochs-demo}. */
    private static String shown(Path root) {
        return root.isAbsolute() || root.startsWith("..") ? root.toString() : "./" + root;
    }

    private Path imagesFolder(Path root, String name) throws IOException {
        Path given = path("--images", name);
        if (!Files.exists(given)) throw wrong("--images " + name + ": there is no such folder");
        if (!Files.isDirectory(given)) throw wrong("--images " + name + ": is a file; name the folder it is in");
        Path real = given.toRealPath();
        if (Files.exists(root) && real.startsWith(root.toRealPath()))
            throw wrong("--images " + name + ": is the demo's own folder; leave out --images for its own pictures");
        if (PictureFinder.in(real, root).names().isEmpty())
            throw wrong("--images " + name + ": has no pictures (jpg, png, gif, bmp, tiff) in it or below");
        return real;
    }

    private Path path(String option, String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException broken) {
            throw wrong(option + " " + text + ": is no path here: " + broken.getReason());
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** Deletes only when no process has the store open. */
    private void forget(DemoFolder folder, String address) throws IOException {
        if (backend == null && Files.exists(folder.root().resolve("jobs")))
            Queues.open(address).close();
        folder.forget();
    }

    private static void require(BackendInfo info) {
        String instead = "the demo cannot do without it: leave out --backend";
        info.require(Capability.ATOMIC_GROUPS, instead);
        if (info.has(Capability.LOOKUP)) info.require(Capability.KEEPS_COMPLETED, instead);
    }

    private static void tellWhatIsMissing(BackendInfo info, ProgressView view) {
        if (!info.has(Capability.PRIORITIES)) view.say(info.name() + " has no priorities: nothing is urgent here.");
        if (!info.has(Capability.WORKER_LIMIT)) view.say(info.name() + " has no rate limit: the checks run unlimited.");
    }
}
