package dev.aurochs.tck.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What an administrator types at a broker.
 *
 * @param environment the broker's own, by which it is found
 */
record RabbitControl(Path program, Map<String, String> environment) {
    private static final long PATIENCE_SECONDS = 60;

    /** Answers what was printed; throws when the command failed. */
    String run(List<String> command) {
        List<String> whole = new ArrayList<>(List.of(program.toString()));
        whole.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(whole).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (ended && process.exitValue() == 0) return said;
            process.destroyForcibly();
            throw new IllegalStateException("rabbitmqctl " + String.join(" ", command) + " failed; it said:\n" + said);
        } catch (IOException refused) {
            throw new UncheckedIOException("cannot run " + program, refused);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in rabbitmqctl", interrupted);
        }
    }
}
