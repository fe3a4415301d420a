package dev.aurochs.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.JobState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The picture and the table of {@code docs/states.md} show what the engine allows, and quote rules that exist. */
class StatesPageTest {
    private static final Path PAGE = Path.of("..", "docs", "states.md");
    private static final Path RULES = Path.of("..", "docs", "semantics.md");
    private static final Pattern ARROW = Pattern.compile("^ {4}(\\w+) --> (\\w+):", Pattern.MULTILINE);
    private static final Pattern LINE =
            Pattern.compile("^\\| ([a-z-]+) \\| ([a-z-]+) \\| [^|]+ \\| ([A-Z]\\d[^|]*) \\|", Pattern.MULTILINE);

    @DisplayName("The picture has an arrow for each legal move, and no other")
    @Test
    void picture() throws IOException {
        assertThat(moves(ARROW)).isEqualTo(legal());
    }

    @DisplayName("The table has a line for each legal move, and no other")
    @Test
    void table() throws IOException {
        assertThat(moves(LINE)).isEqualTo(legal());
    }

    @DisplayName("The rules that the table names are there")
    @Test
    void rules() throws IOException {
        String semantics = Files.readString(RULES);
        for (MatchResult line : LINE.matcher(Files.readString(PAGE)).results().toList())
            for (String rule : line.group(3).trim().split(", "))
                assertThat(semantics).contains("- **" + rule + "** ");
    }

    private static Set<String> moves(Pattern pattern) throws IOException {
        return pattern.matcher(Files.readString(PAGE))
                .results()
                .map(move -> move.group(1) + " to " + move.group(2))
                .map(move -> move.replace('_', '-'))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> legal() {
        return Arrays.stream(JobState.values())
                .flatMap(from -> Arrays.stream(JobState.values())
                        .filter(to -> isLegal(from, to))
                        .map(to -> from.label() + " to " + to.label()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isLegal(JobState from, JobState to) {
        try {
            Transitions.check(from, to);
            return true;
        } catch (AssertionError illegal) {
            return false;
        }
    }
}
