package dev.aurochs.cli.demo;

import dev.aurochs.queue.Handler;
import dev.aurochs.queue.JobContext;
import dev.aurochs.queue.RunResult;
import dev.aurochs.queue.UnrecoverableException;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps notes in files, for stores that cannot be asked afterwards: where each picture's jobs are, and how each job's
 * latest run ended. A note is on the disk before its run is settled: what a kill leaves without a note runs again.
 */
final class NoteArchive implements Archive {
    private final Path folder;

    NoteArchive(Path folder) {
        this.folder = folder;
    }

    /** The ids of one picture's jobs, in the order of {@link PictureJobs#all}. */
    private record Ids(String picture, List<String> ids) {}

    /** All pictures that were added. */
    private record Index(List<Ids> pictures) {}

    @Override
    public Optional<JobRecord> find(JobRef job) {
        String name = job.id().value();
        return read(name, JobNote.class).map(note -> note.record(noted(name)));
    }

    @Override
    public List<PictureJobs> located(List<PictureJobs> plan) {
        Map<String, List<String>> known = new HashMap<>();
        read("jobs", Index.class)
                .ifPresent(index -> index.pictures().forEach(picture -> known.put(picture.picture(), picture.ids())));
        return plan.stream()
                .map(jobs -> {
                    List<String> ids = known.get(jobs.picture().name());
                    return ids == null ? jobs : jobs.at(ids);
                })
                .toList();
    }

    @Override
    public boolean choosesIds() {
        return false;
    }

    @Override
    public void added(List<PictureJobs> jobs) {
        write(
                "jobs",
                new Index(jobs.stream()
                        .map(picture -> new Ids(
                                picture.picture().name(),
                                picture.all().stream()
                                        .map(job -> job.id().value())
                                        .toList()))
                        .toList()));
    }

    @Override
    public <T> Handler<T> noting(Handler<T> handler) {
        return (payload, job) -> {
            try {
                Object result = handler.run(payload, job);
                if (result instanceof RunResult.Fail fail) note(job, JobState.FAILED, null, fail.reason());
                else note(job, JobState.COMPLETED, Records.write(result), null);
                return result;
            } catch (UnrecoverableException hopeless) {
                note(job, JobState.FAILED, null, Wording.reason(hopeless));
                throw hopeless;
            } catch (Exception failed) {
                boolean last = job.attempt() >= job.record().options().attempts();
                note(job, last ? JobState.FAILED : JobState.DELAYED, null, Wording.reason(failed));
                throw failed;
            }
        };
    }

    private void note(JobContext job, JobState state, @Nullable String result, @Nullable String reason) {
        write(job.id().value(), JobNote.of(job, state, result, reason));
    }

    private void write(String name, Object value) {
        try {
            DurableFiles.write(file(name), Records.write(value).getBytes(StandardCharsets.UTF_8));
        } catch (IOException unwritten) {
            throw new UncheckedIOException(unwritten);
        }
    }

    private Instant noted(String name) {
        try {
            return Files.getLastModifiedTime(file(name)).toInstant();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private <T> Optional<T> read(String name, Class<T> type) {
        try {
            return Optional.of(Records.read(Files.readString(file(name)), type));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Path file(String name) {
        return folder.resolve(name + ".json");
    }
}
