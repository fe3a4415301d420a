package dev.aurochs.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.tck.server.RabbitServer;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo on a broker that can neither look jobs up nor keep them: it takes notes itself. */
@Tag("rabbitmq")
@Timeout(120)
class DemoOnRabbitTest {
    @TempDir
    private Path parent;

    private final String prefix = UUID.randomUUID().toString();

    @Test
    @DisplayName("killed half-way, it carries on, and every picture is there once")
    void killed() throws Exception {
        SharedDemo demo = new SharedDemo(parent, RabbitServer.shared().address(), prefix);
        assertThat(demo.surviveKill()).contains("prefix=" + prefix);
    }

    @Test
    @DisplayName("the demo's own pictures: a delay, an urgent one, retries and rejected ones, all told")
    void own() throws Exception {
        DemoLine demo = DemoLine.run(
                parent.resolve("own"), "--backend", RabbitServer.shared().address(), "--prefix", prefix);
        assertThat(demo.code()).as(demo.err()).isZero();
        assertThat(demo.out())
                .contains("is done: 12 pictures, 48 jobs")
                .contains("retried")
                .contains("urgent")
                .contains("which cannot be looked at");
    }
}
