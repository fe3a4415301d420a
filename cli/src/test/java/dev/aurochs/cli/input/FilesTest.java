package dev.aurochs.cli.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aurochs.cli.input.FlowReader.FlowJob;
import dev.aurochs.queue.job.Backoff;
import dev.aurochs.queue.job.ChildFailurePolicy;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.Retention;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bulk and flow files: BullMQ's shapes, every refusal with its place. */
class FilesTest {
    private static JobOptions options(String opts) {
        String line = "{\"name\":\"n\",\"data\":[1, 2],\"opts\":" + opts + "}";
        return BulkReader.read("f", line, JobOptions.defaults()).get(0).options();
    }

    @Test
    void readsEveryOption() {
        JobOptions all = options("{\"attempts\":5,\"backoff\":{\"type\":\"exponential\",\"delay\":1000,\"jitter\":0.5},"
                + "\"delay\":60000,\"priority\":9,\"jobId\":\"own\",\"removeOnComplete\":true,"
                + "\"removeOnFail\":{\"count\":10,\"age\":3600},\"keepLogs\":4,\"stackTraceLimit\":2,"
                + "\"sizeLimit\":6,\"failParentOnFailure\":true}");
        assertThat(all.attempts()).isEqualTo(5);
        assertThat(all.backoff())
                .isEqualTo(Backoff.exponential(Duration.ofSeconds(1)).withJitter(0.5));
        assertThat(all.delay()).isEqualTo(Duration.ofMinutes(1));
        assertThat(all.priority()).isEqualTo(9);
        assertThat(all.id().orElseThrow().value()).isEqualTo("own");
        assertThat(all.keepCompleted()).contains(Retention.none());
        assertThat(all.keepFailed()).contains(new Retention(10, Duration.ofHours(1), 1_000));
        assertThat(all.logLines()).isEqualTo(4);
        assertThat(all.stackTraces()).isEqualTo(2);
        assertThat(all.childFailurePolicy()).isEqualTo(ChildFailurePolicy.FAIL_PARENT);
    }

    @Test
    void readsTheShortForms() {
        assertThat(options("{\"attempts\":0}").attempts()).isEqualTo(1);
        assertThat(options("{\"backoff\":500}").backoff()).isEqualTo(Backoff.fixed(Duration.ofMillis(500)));
        assertThat(options("{\"removeOnComplete\":false}").keepCompleted()).contains(Retention.all());
        assertThat(options("{\"removeOnComplete\":20}").keepCompleted()).contains(Retention.newest(20));
        assertThat(options("{\"lifo\":true}").lifo()).isTrue();
        assertThat(options("{\"ignoreDependencyOnFailure\":true,\"failParentOnFailure\":false}")
                        .childFailurePolicy())
                .isEqualTo(ChildFailurePolicy.IGNORE);
        assertThat(options("{\"continueParentOnFailure\":true}").childFailurePolicy())
                .isEqualTo(ChildFailurePolicy.CONTINUE_PARENT);
        assertThat(options("{\"removeDependencyOnFailure\":true}").childFailurePolicy())
                .isEqualTo(ChildFailurePolicy.REMOVE_DEPENDENCY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"prio\":1} | unknown key 'opts.prio'; known here: attempts, backoff, delay,",
                "{\"delay\":1,\"delay\":2} | key 'opts.delay' is given twice",
                "{\"delay\":\"5s\"} | 'opts.delay' must be a whole number from 0 to 315532800000, not \"5s\"",
                "{\"delay\":1.5} | 'opts.delay' must be a whole number from 0 to 315532800000, not 1.5",
                "{\"priority\":2097152} | 'opts.priority' must be a whole number from 0 to 2097151, not 2097152",
                "{\"attempts\":99999999999999999999} | 'opts.attempts' must be a whole number from 0 to 2147483647",
                "{\"lifo\":1} | 'opts.lifo' must be true or false, not 1",
                "{\"lifo\":true,\"priority\":2} | lifo true: cannot be combined with priority 2",
                "{\"jobId\":\"42\"} | 'opts': job id '42': an own job id has 1–128 characters",
                "{\"jobId\":7} | 'opts.jobId' must be a text, not 7",
                "{\"backoff\":{\"kind\":1}} | unknown key 'opts.backoff.kind'; known here: type, delay, jitter",
                "{\"backoff\":{\"jitter\":2}} | 'opts': backoff jitter 2.0: jitter lies between 0 and 1",
                "{\"removeOnFail\":\"all\"} | 'opts.removeOnFail' must be an object, not \"all\"",
                "{\"removeOnFail\":{\"age\":-1}} | 'opts.removeOnFail.age' must be a whole number from 0",
                "{\"sizeLimit\":5} | the data has 6 bytes, more than 'opts.sizeLimit' allows (5)",
                "{\"failParentOnFailure\":true,\"ignoreDependencyOnFailure\":true} | exclude each other; give one",
                "[] | 'opts' must be an object, not an array",
                "null | 'opts' must be an object, not null"
            })
    void refusesWithPathAndRule(String opts, String expected) {
        assertThatThrownBy(() -> options(opts))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("f, line 1, column ")
                .hasMessageContaining(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"data\":1} | 'name' is missing: a line reads",
                "{\"name\":\"\"} | 'name': job name '': a job name has 1–200 bytes",
                "{\"name\":\"a\"} {} | goes on after the value",
                "[1] | must be an object, not an array",
                "{\"name\":\"a\",\"data\":} | is no JSON",
                "{\"name\":\"a\" | is no JSON"
            })
    void refusesLinesThatAreNoJobs(String line, String expected) {
        assertThatThrownBy(() -> BulkReader.read("f", "\n" + line, JobOptions.defaults()))
                .hasMessageStartingWith("f, line 2, column ")
                .hasMessageContaining(expected);
    }

    @Test
    void takesDataOverAsItIsWritten() {
        String data = "{ \"a\" : 1.10, \"b\":\"\\u00e9\\/\" , \"a\" : 12345678901234567890 }";
        assertThat(BulkReader.read("f", "{\"data\": " + data + " ,\"name\":\"n\"}\r\n", JobOptions.defaults()))
                .singleElement()
                .satisfies(job -> assertThat(job.data()).isEqualTo(new Json(data)));
    }

    @Test
    void readsTreesOfSomeHundredGenerations() {
        int depth = 500;
        String open = "{\"name\":\"n\",\"queueName\":\"q\",\"children\":[";
        FlowJob root = FlowReader.read("f", open.repeat(depth) + "]}".repeat(depth));
        assertThat(root.size()).isEqualTo(depth);
        assertThatThrownBy(() -> FlowReader.read("f", open.repeat(2_000) + "]}".repeat(2_000)))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("at most 500 generations");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"name\":\"n\"} | 'queueName' is missing",
                "{\"queueName\":\"q\"} | 'name' is missing",
                "{\"name\":\"n\",\"queueName\":\"q\",\"prefix\":\"p\"} | unknown key 'prefix'; known here: name,",
                "{\"name\":\"n\",\"queueName\":\"a:b\"} | 'queueName': queue name 'a:b'",
                "{\"name\":\"n\",\"queueName\":\"q\",\"children\":{}} | 'children' must be an array, not an object",
                "{\"name\":\"n\",\"queueName\":\"q\",\"children\":[{\"name\":\"c\"}]} | 'children[0].queueName' is"
            })
    void refusesFlowsThatAreNone(String flow, String expected) {
        assertThatThrownBy(() -> FlowReader.read("f", flow)).hasMessageContaining(expected);
    }
}
