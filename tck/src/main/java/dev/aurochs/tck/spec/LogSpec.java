package dev.aurochs.tck.spec;

import static dev.aurochs.tck.JobDraft.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.Page;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.Requires;
import dev.aurochs.tck.Rule;
import dev.aurochs.tck.Run;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Log lines. */
@Requires(Capability.LOOKUP)
public abstract class LogSpec {
    @Rule({"L9", "V6"})
    @DisplayName("L9: the newest lines are kept, oldest first, as many as the options say")
    @Test
    void newestLines(QueueDriver q) {
        q.add(job("a").with(options -> options.logLines(3)));
        Run run = q.expectClaim("a");
        for (int i = 1; i <= 5; i++) run.log("line " + i);
        assertThat(q.mustLook().log("a")).containsExactly("line 3", "line 4", "line 5");
    }

    @Rule("L9")
    @DisplayName("L9: a job may keep no lines at all")
    @Test
    void noLines(QueueDriver q) {
        q.add(job("a").with(options -> options.logLines(0)));
        q.expectClaim("a").log("lost");
        assertThat(q.mustLook().log("a")).isEmpty();
    }

    @Rule("L9")
    @DisplayName("L9: lines survive a retry and the end of the job")
    @Test
    void survive(QueueDriver q) {
        q.fill("a");
        Run first = q.expectClaim("a");
        first.log("first run");
        first.retry(0, "x");
        Run second = q.expectClaim("a");
        second.log("second run: ü\n\u0000");
        second.fail("x");
        assertThat(q.mustLook().log("a")).containsExactly("first run", "second run: ü\n\u0000");
    }

    @Rule("V6")
    @DisplayName("V6: lines are read in pages, by cursor and by offset")
    @Test
    void pages(QueueDriver q) {
        q.fill("a");
        Run run = q.expectClaim("a");
        for (int i = 0; i < 7; i++) run.log("line " + i);
        Page<String> first = q.backend().log(run.job(), PageRequest.first(3));
        assertThat(first.items()).containsExactly("line 0", "line 1", "line 2");
        Page<String> second =
                q.backend().log(run.job(), PageRequest.after(first.next().orElseThrow(), 4));
        assertThat(second.items()).containsExactly("line 3", "line 4", "line 5", "line 6");
        assertThat(q.backend().log(run.job(), PageRequest.of(5, 9)).items()).containsExactly("line 5", "line 6");
        assertThat(q.backend().log(run.job(), PageRequest.of(9, 9)).items()).isEmpty();
    }
}
