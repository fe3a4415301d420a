package dev.aurochs.cli.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** The file that says how far the runs have got. */
final class RunFile {
    private final Path file;

    RunFile(Path file) {
        this.file = file;
    }

    /** The latest run; empty before the first. */
    Optional<RunState> read() throws IOException {
        try {
            return Optional.of(Records.read(Files.readString(file), RunState.class));
        } catch (NoSuchFileException first) {
            return Optional.empty();
        } catch (JacksonException damaged) {
            throw new DemoRefusal(
                    file + " is damaged (" + damaged.getOriginalMessage() + "); start over with --fresh.");
        }
    }

    /** The latest run's label; empty when the file does not say it. */
    Optional<String> label() throws IOException {
        try {
            return read().map(RunState::label);
        } catch (DemoRefusal damaged) {
            return Optional.empty();
        }
    }

    void write(RunState state) throws IOException {
        DurableFiles.write(file, Records.write(state).getBytes(StandardCharsets.UTF_8));
    }
}
