package dev.aurochs.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A rule that is a speed names a command that exists, and the README names every command. */
class NamedCommandsTest {
    @Test
    void whatTheRulesNameCanBeRun() throws IOException {
        String rules = Files.readString(Path.of("../docs/semantics.md")).replaceAll("\\s+", " ");
        assertThat(Pattern.compile("\\*measured: (?!command\\*)([^*]+)\\*")
                        .matcher(rules)
                        .results())
                .isNotEmpty()
                .extracting(MatchResult::group)
                .extracting(mark -> mark.replaceAll("\\*measured: |\\*", ""))
                .allSatisfy(command -> assertThat(command).startsWith("benchmarks/run "))
                .allSatisfy(command -> assertThat(Main.ALL).contains(command.substring("benchmarks/run ".length())));
    }

    @Test
    void theReadmeExplainsEach() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        for (String name : Main.ALL) assertThat(readme).contains("| `" + name + "` |");
    }
}
