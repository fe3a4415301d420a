package dev.aurochs.interop.node;

import dev.aurochs.interop.Texts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A running {@code peer.mjs}: asks it by commands, and waits for its answers. Thread-safe. */
public final class NodePeer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LINES_KEPT = 60;

    private final String name;
    private final Process process;
    private final Writer commands;
    private final AtomicLong asked = new AtomicLong();
    private final Map<Long, CompletableFuture<JsonNode>> open = new ConcurrentHashMap<>();
    private final Deque<String> complaints = new ArrayDeque<>();

    NodePeer(String name, List<String> command) {
        this.name = name;
        try {
            process = new ProcessBuilder(command).start();
        } catch (IOException missing) {
            throw new UncheckedIOException(
                    "cannot start node; the interop tests need Node 18 or newer on the PATH", missing);
        }
        commands = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        read("answers", new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8), this::answered);
        read("errors", new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8), this::complained);
    }

    /** What the peer says of its own, such as the version it found. */
    public static final class PeerException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        PeerException(String message) {
            super(message);
        }
    }

    /**
     * Sends a command and waits for the answer: {@code ask("add", "queue", "mail", "name", "welcome")}. Values are
     * texts, numbers, booleans or JSON.
     *
     * @throws PeerException when the command failed in the peer, or the peer is gone
     */
    public JsonNode ask(String command, Object... fields) {
        return result(send(command, fields), command);
    }

    /** The answer to what was sent, within {@link #PATIENCE}. */
    public JsonNode result(CompletableFuture<JsonNode> answer, String command) {
        try {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw new PeerException(failed.getCause().getMessage());
        } catch (TimeoutException late) {
            throw new PeerException(name + " gave no answer to '" + command + "' within " + PATIENCE + errors());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new PeerException("interrupted while waiting for " + name);
        }
    }

    /** Sends a command; the answer comes when it comes. */
    public CompletableFuture<JsonNode> send(String command, Object... fields) {
        long id = asked.incrementAndGet();
        ObjectNode line = Texts.object(fields);
        line.put("id", id);
        line.put("do", command);
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        open.put(id, answer);
        try {
            synchronized (commands) {
                commands.write(line + "\n");
                commands.flush();
            }
        } catch (IOException gone) {
            open.remove(id);
            answer.completeExceptionally(new PeerException(name + " is gone: " + gone.getMessage() + errors()));
        }
        if (!process.isAlive()) failAll();
        return answer;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Ends the process with SIGKILL and waits for its end; nothing of it runs after this. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Lets the process end by itself, with SIGKILL if it does not. */
    @Override
    public void close() {
        try {
            commands.close();
            if (!process.waitFor(5, TimeUnit.SECONDS)) kill();
        } catch (IOException gone) {
            kill();
        } catch (InterruptedException stop) {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    private void answered(String line) {
        JsonNode answer = Texts.json(line);
        CompletableFuture<JsonNode> waiting = open.remove(answer.path("id").asLong());
        if (waiting == null) return;
        JsonNode error = answer.path("error");
        if (error.isMissingNode()) waiting.complete(answer.path("ok"));
        else
            waiting.completeExceptionally(new PeerException(
                    error.path("name").asString() + ": " + error.path("message").asString() + errors()));
    }

    private void complained(String line) {
        synchronized (complaints) {
            if (complaints.size() == LINES_KEPT) complaints.removeFirst();
            complaints.addLast(line);
        }
    }

    private void failAll() {
        for (Long id : List.copyOf(open.keySet())) {
            CompletableFuture<JsonNode> waiting = open.remove(id);
            if (waiting != null) waiting.completeExceptionally(new PeerException(name + " has ended" + errors()));
        }
    }

    private String errors() {
        synchronized (complaints) {
            return complaints.isEmpty() ? "" : "\n" + name + " said:\n" + String.join("\n", complaints);
        }
    }

    private void read(String what, InputStreamReader stream, java.util.function.Consumer<String> each) {
        Thread reader = new Thread(
                () -> {
                    try (BufferedReader lines = new BufferedReader(stream)) {
                        for (String line = lines.readLine(); line != null; line = lines.readLine()) each.accept(line);
                    } catch (IOException gone) {
                        complained("cannot read its " + what + ": " + gone.getMessage());
                    }
                    process.onExit().join();
                    failAll();
                },
                "peer-" + what);
        reader.setDaemon(true);
        reader.start();
    }

    @Override
    public String toString() {
        return name;
    }
}
