package dev.aurochs.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.Queues;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.tck.server.RedisServer;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo with its jobs on a server: what a kill cut off runs again when its lease has run out. */
@Tag("redis")
@Timeout(120)
class DemoOnRedisTest {
    @TempDir
    private Path parent;

    private final String prefix = UUID.randomUUID().toString();

    @Test
    @DisplayName("killed half-way, it carries on, and every picture is there once")
    void killed() throws Exception {
        SharedDemo demo = new SharedDemo(parent, RedisServer.shared().address(), prefix);
        assertThat(demo.surviveKill()).contains("?prefix=" + prefix);
        try (Queues queues = Queues.open(RedisServer.shared().address() + "?prefix=" + prefix)) {
            assertThat(queues.queue("uploads").counts().of(JobState.COMPLETED))
                    .isEqualTo(OptionalLong.of(SharedDemo.PICTURES));
        }
    }
}
