package dev.aurochs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.tck.server.RabbitServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands typed at a RabbitMQ broker. */
@Tag("rabbitmq")
class OnRabbitTest {
    @TempDir
    private Path folder;

    @Test
    @DisplayName("flow adds a tree, whose root runs when its children have; own ids are refused with what to do")
    void flow() throws Exception {
        try (Desk desk = new Desk(RabbitServer.shared().address() + "?prefix=" + UUID.randomUUID())) {
            String added = desk.type("flow", file("""
                            {"name": "upload", "queueName": "mail", "children": [
                              {"name": "optimize", "queueName": "pictures"},
                              {"name": "check", "queueName": "pictures", "opts": {"failParentOnFailure": true}}]}
                            """), "--json").printed();
            assertThat(added).contains("\"queue\":\"mail\",\"added\":true,\"jobs\":3}");
            CompletableFuture<Integer> root = new CompletableFuture<>();
            desk.queues.worker("pictures").onAny((payload, job) -> job.name()).start();
            desk.queues
                    .worker("mail")
                    .onAny((payload, job) -> {
                        root.complete(job.childResults().size());
                        return null;
                    })
                    .start();
            assertThat(root.get(30, TimeUnit.SECONDS)).isEqualTo(2);
            assertThat(desk.type("flow", file("""
                            {"name": "a", "queueName": "mail", "opts": {"jobId": "own"}, "children": [
                              {"name": "b", "queueName": "mail"}]}
                            """)).failed()).contains("UNIQUE_IDS", "leave out the own id");
        }
    }

    private String file(String text) throws IOException {
        return Files.writeString(folder.resolve("flow.json"), text).toString();
    }
}
