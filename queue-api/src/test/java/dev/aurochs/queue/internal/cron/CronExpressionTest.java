package dev.aurochs.queue.internal.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aurochs.queue.job.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** J6: expressions mean what they mean to cron-parser 5; its answers lie in a file. */
class CronExpressionTest {
    private record Example(ZoneId zone, Instant after, String expression, String answer) {
        static Example of(String line) {
            String[] parts = line.split("\\|");
            return new Example(ZoneId.of(parts[0]), Instant.parse(parts[1]), parts[2], parts[3]);
        }
    }

    private static List<Example> examples() throws IOException {
        try (InputStream file = CronExpressionTest.class.getResourceAsStream("cron-parser-5.txt")) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(Example::of)
                    .toList();
        }
    }

    private static String answer(Example example) {
        CronExpression expression;
        try {
            expression = CronExpression.parse(example.expression());
        } catch (InvalidInputException refused) {
            return "refused";
        }
        List<String> moments = new ArrayList<>();
        Instant after = example.after();
        for (int i = 0; i < 4; i++) {
            after = expression.next(after, example.zone()).orElseThrow();
            moments.add(after.toString());
        }
        return String.join(",", moments);
    }

    @Test
    void answersAsCronParserDoes() throws IOException {
        List<String> differences = new ArrayList<>();
        for (Example example : examples()) {
            String answer = answer(example);
            if (!answer.equals(example.answer())) differences.add(example + "\n  but here " + answer);
        }
        assertThat(differences).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "61 * * * *         | minute '61' must be 0 to 59",
                "0 0 * * FRI-MON    | day of week 'FRI-MON' is a range that goes backwards",
                "*/0 * * * *        | minute '*/0' has a step of 0",
                "0 0 * FOO *        | month 'FOO' is no name of a month",
                "H * * * *          | minute 'H' is not a value, a range a-b, * or one of these with a step /n",
                "* * * *            | needs five fields",
                "0 0 * * 2#6        | day of week '2#6' needs 1 to 5 after the #"
            })
    void refusesInWords(String expression, String expected) {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> CronExpression.parse(expression))
                .withMessageContaining("cron '" + expression + "'")
                .withMessageContaining(expected);
    }

    @Test
    void sometimesThereIsNoNextMoment() {
        assertThat(CronExpression.parse("0 0 30 2 *").next(Instant.EPOCH, ZoneId.of("UTC")))
                .isEmpty();
    }
}
