package dev.aurochs.cli.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Limits we hold ourselves to, read from the sources. */
class HouseRulesTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final int MOST_LINES = 400;
    private static final int MOST_COLUMNS = 120;
    private static final Pattern MARKS = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|X" + "XX|HA" + "CK)\\b");
    private static final Pattern CLOCK =
            Pattern.compile("System\\.currentTimeMillis|Instant\\.now\\(\\)|Clock\\.system");
    private static final Pattern SLEEP = Pattern.compile("Thread\\.sleep|TimeUnit\\.[A-Z]+\\.sleep");
    private static final Pattern SKIP = Pattern.compile("@Disabled|assumeTrue|assumeFalse|assumeThat");
    /** The one class that reads the machine's clock. */
    private static final String TIME = "queue-api/src/main/java/dev/aurochs/queue/internal/SystemTime.java";

    @Test
    @DisplayName("no file has more than 400 lines, no line more than 120 columns")
    void sizes() {
        List<String> found = new ArrayList<>();
        for (Path file : sources()) {
            List<String> lines = lines(file);
            if (lines.size() > MOST_LINES) found.add(name(file) + " has " + lines.size() + " lines");
            for (int i = 0; i < lines.size(); i++)
                if (lines.get(i).length() > MOST_COLUMNS && !isText(lines.get(i)))
                    found.add(name(file) + ":" + (i + 1) + " is too long");
        }
        assertThat(found).isEmpty();
    }

    @Test
    @DisplayName("nothing is left undone with a mark in the code")
    void marks() {
        assertThat(lines(MARKS, path -> true)).isEmpty();
    }

    @Test
    @DisplayName("one class reads the system clock")
    void clock() {
        assertThat(lines(
                        CLOCK,
                        path -> path.contains("/src/main/")
                                && path.matches("(queue-|backend-).*")
                                && !path.equals(TIME)))
                .isEmpty();
    }

    @Test
    @DisplayName("no test sleeps, none is switched off")
    void tests() {
        assertThat(lines(SLEEP, path -> isTest(path) && !isThis(path))).isEmpty();
        assertThat(lines(SKIP, path -> isTest(path) && !isThis(path))).isEmpty();
    }

    @Test
    @DisplayName("every package says what it is for and is null-marked")
    void packages() {
        Set<Path> folders = new java.util.TreeSet<>();
        for (Path file : sources()) if (name(file).contains("/src/main/java/dev/")) folders.add(file.getParent());
        List<String> bare = new ArrayList<>();
        for (Path folder : folders) {
            Path info = folder.resolve("package-info.java");
            if (!Files.exists(info) || !String.join("\n", lines(info)).contains("@NullMarked")) bare.add(name(folder));
        }
        assertThat(bare).isEmpty();
    }

    /** A line of nothing but a string, which a table in a test may need. */
    private static boolean isText(String line) {
        return line.strip().matches("(\\+ )?\".*");
    }

    private static boolean isTest(String path) {
        return path.contains("/src/test/") || path.startsWith("tck/src/main/");
    }

    private static boolean isThis(String path) {
        return path.endsWith("HouseRulesTest.java");
    }

    private static List<String> lines(Pattern pattern, java.util.function.Predicate<String> where) {
        List<String> found = new ArrayList<>();
        for (Path file : sources()) {
            if (!where.test(name(file))) continue;
            List<String> lines = lines(file);
            for (int i = 0; i < lines.size(); i++)
                if (pattern.matcher(lines.get(i)).find())
                    found.add(name(file) + ":" + (i + 1) + " " + lines.get(i).strip());
        }
        return found;
    }

    private static List<Path> sources() {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> name(file).contains("/src/"))
                    .filter(file -> !name(file).contains("/target/"))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String name(Path file) {
        return ROOT.relativize(file).toString();
    }
}
