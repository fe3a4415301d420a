package dev.aurochs.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The real bullmq under load, in a Node process; {@code npm ci} puts it where the benchmarks keep their files. */
final class BullMqLoad implements RedisLibrary {
    private static final Path SOURCES = Path.of("benchmarks", "node");
    private static final String NEEDS =
            "this benchmark needs Node 18 or newer and npm on the PATH (Debian: apt-get install nodejs npm)";

    private final Process node;
    private final Writer commands;
    private final BufferedReader answers;

    BullMqLoad(Path folder, String host, int port) throws IOException, InterruptedException {
        Path packages = installed(folder.resolve("node"));
        node = new ProcessBuilder(
                        "node",
                        SOURCES.resolve("bullmq.mjs").toString(),
                        packages.toAbsolutePath().toString(),
                        host,
                        Integer.toString(port))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        commands = node.outputWriter(StandardCharsets.UTF_8);
        answers = node.inputReader(StandardCharsets.UTF_8);
    }

    private static Path installed(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        if (Files.exists(folder.resolve("node_modules/.package-lock.json"))) return folder;
        for (String file : List.of("package.json", "package-lock.json"))
            Files.copy(SOURCES.resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        Process npm = new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.to(folder.resolve("npm.log").toFile()))
                .start();
        if (npm.waitFor() != 0) throw new IOException("npm ci failed, see " + folder.resolve("npm.log") + "; " + NEEDS);
        return folder;
    }

    String version() throws IOException {
        return ask("version");
    }

    private String ask(Object... words) throws IOException {
        commands.write(
                String.join(" ", Arrays.stream(words).map(String::valueOf).toList()) + "\n");
        commands.flush();
        String answer = answers.readLine();
        if (answer == null) throw new IOException("the Node process has ended; " + NEEDS);
        return answer;
    }

    @Override
    public double add(String queue, int jobs, int jobsPerCall, int callers) throws IOException {
        return Double.parseDouble(ask("add", queue, jobs, jobsPerCall, callers));
    }

    @Override
    public double run(String queue, int jobs, int concurrency, int keep) throws IOException {
        return Double.parseDouble(ask("run", queue, jobs, concurrency, keep));
    }

    @Override
    public long[] latency(String queue, int rounds) throws IOException {
        return Arrays.stream(ask("latency", queue, rounds).split(" "))
                .mapToLong(Long::parseLong)
                .toArray();
    }

    @Override
    public void close() {
        try {
            commands.close();
            if (!node.waitFor(5, TimeUnit.SECONDS)) node.destroyForcibly();
        } catch (IOException gone) {
            node.destroyForcibly();
        } catch (InterruptedException stop) {
            node.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
