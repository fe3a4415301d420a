package dev.aurochs.cli.work;

import dev.aurochs.cli.output.Document;
import dev.aurochs.queue.job.Child;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A private folder in which commands find what became of their job's children. Thread-safe. */
final class ChildrenFiles implements AutoCloseable {
    private static final int MOST_IN_ENVIRONMENT = 64 << 10;

    private final Path folder;
    private final Path none;

    ChildrenFiles() throws IOException {
        folder = Files.createTempDirectory("aurochs-children-");
        none = Files.writeString(folder.resolve("none.json"), "{}\n");
    }

    /** The files of one job, for the time of one run. */
    final class OfJob implements AutoCloseable {
        private final Map<String, String> variables;
        private final List<Path> own;

        private OfJob(String results, Path resultsFile, Path failuresFile, List<Path> own) {
            boolean fits = results.getBytes(StandardCharsets.UTF_8).length <= MOST_IN_ENVIRONMENT;
            java.util.HashMap<String, String> all = new java.util.HashMap<>();
            all.put("AUROCHS_CHILDREN_FILE", resultsFile.toString());
            all.put("AUROCHS_CHILDREN_FAILED_FILE", failuresFile.toString());
            all.put("AUROCHS_CHILDREN", fits ? results : null);
            this.variables = all;
            this.own = own;
        }

        /** What tells the command where to look; a null value is to be unset. */
        Map<String, String> variables() {
            return variables;
        }

        @Override
        public void close() throws IOException {
            for (Path file : own) Files.deleteIfExists(file);
        }
    }

    /** Writes results ({@code "queue:id" → result}) and failures ({@code "queue:id" → reason}) of the children. */
    OfJob of(List<Child> children) throws IOException {
        if (children.isEmpty()) return new OfJob("{}", none, none, List.of());
        Document results = new Document();
        Document failures = new Document();
        for (Child child : children) {
            if (child.result() != null) results.put(child.job().toString(), child.result());
            if (child.failure() != null) failures.put(child.job().toString(), child.failure());
        }
        Path resultsFile = write("results-", results);
        Path failuresFile = write("failures-", failures);
        return new OfJob(results.toString(), resultsFile, failuresFile, List.of(resultsFile, failuresFile));
    }

    private Path write(String name, Document document) throws IOException {
        return Files.writeString(Files.createTempFile(folder, name, ".json"), document + "\n");
    }

    /** Removes the folder; idempotent. */
    @Override
    public void close() {
        if (Files.notExists(folder)) return;
        try (Stream<Path> left = Files.list(folder)) {
            for (Path file : left.toList()) Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        } catch (IOException leftBehind) {
            throw new UncheckedIOException("cannot tidy up " + folder, leftBehind);
        }
    }
}
