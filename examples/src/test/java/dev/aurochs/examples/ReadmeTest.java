package dev.aurochs.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The README's Java is the examples' Java, which is compiled and run. */
class ReadmeTest {
    private static final Pattern IN_README = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern IN_SOURCE =
            Pattern.compile("// README: (?!end)\\w+\n(.*?)\\s*// README: end", Pattern.DOTALL);

    @Test
    @DisplayName("every Java block of the README stands in an example, word for word")
    void blocks() throws IOException {
        List<String> written = squeezed(IN_README, Files.readString(Path.of("../README.md")));
        List<String> compiled = new ArrayList<>();
        try (Stream<Path> sources = Files.list(Path.of("src/main/java/dev/aurochs/examples"))) {
            for (Path source : sources.toList()) compiled.addAll(squeezed(IN_SOURCE, Files.readString(source)));
        }
        assertThat(written)
                .isNotEmpty()
                .allSatisfy(block -> assertThat(compiled).contains(block));
    }

    @Test
    @DisplayName("code stands within the README's first screen")
    void codeFirst() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("../README.md"));
        assertThat(lines.indexOf("```java")).isBetween(0, 25);
    }

    /** Blocks without their layout: no white space. */
    private static List<String> squeezed(Pattern pattern, String text) {
        List<String> blocks = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) blocks.add(matcher.group(1).strip().replaceAll("\\s+", ""));
        return blocks;
    }
}
