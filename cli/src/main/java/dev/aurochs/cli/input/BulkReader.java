package dev.aurochs.cli.input;

import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bulk files: one {@code {name, data?, opts?}} a line, blank lines ignored. */
public final class BulkReader {
    private static final List<String> KEYS = List.of("name", "data", "opts");

    private BulkReader() {}

    /** A job of a bulk file. */
    public record BulkJob(String name, Json data, JobOptions options) {}

    /**
     * All jobs of a bulk file, in order. Throws for the first line that breaks a rule, so that nothing is added of a
     * file with a mistake in it.
     *
     * @param label the file's name, for messages
     * @param defaults the options of lines that do not name them
     */
    public static List<BulkJob> read(String label, String text, JobOptions defaults) {
        List<BulkJob> jobs = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            if (!line.isBlank()) jobs.add(new Line(label, number, line, defaults).read());
        }
        return jobs;
    }

    private static final class Line {
        private final JsonSource source;
        private final JobOptions defaults;
        private @Nullable String name;
        private Json data = Json.EMPTY_OBJECT;
        private OptionsReader options;

        Line(String label, int number, String text, JobOptions defaults) {
            this.source = new JsonSource(label, number, text);
            this.defaults = defaults;
            this.options = new OptionsReader(source, "opts", defaults);
        }

        BulkJob read() {
            try (source) {
                source.begin();
                source.object("", KEYS, this::field);
                if (name == null) throw source.refused("'name' is missing: a line reads {\"name\": …, \"data\": …}");
                BulkJob job = new BulkJob(name, data, options.optionsFor(data));
                source.end();
                return job;
            }
        }

        private void field(String key) {
            switch (key) {
                case "name" -> name = Names.job(source, "name");
                case "data" -> data = source.raw();
                default -> options = new OptionsReader(source, "opts", defaults).read();
            }
        }
    }
}
