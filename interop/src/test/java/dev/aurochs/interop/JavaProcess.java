package dev.aurochs.interop;

import dev.aurochs.queue.Queues;
import dev.aurochs.queue.WorkerOptions;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.Retention;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import redis.clients.jedis.RedisClient;

/** A Java worker in a process of its own, which may be killed. */
final class JavaProcess {
    private static final String READY = "ready";

    private final Process process;

    private JavaProcess(Process process) {
        this.process = process;
    }

    /**
     * Starts a worker and waits until it works.
     *
     * @param what {@code hold} holds every job; another word records each run in the list of this key in Redis
     */
    static JavaProcess start(String redis, String address, String queue, String what) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        try {
            Process process = new ProcessBuilder(
                            java,
                            "-Xmx128m",
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                            "-cp",
                            System.getProperty("java.class.path"),
                            JavaProcess.class.getName(),
                            redis,
                            address,
                            queue,
                            what)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            String line = out.readLine();
            if (!READY.equals(line)) throw new IllegalStateException("a Java worker did not start: " + line);
            return new JavaProcess(process);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Ends the process with SIGKILL and waits for its end. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Works until it is killed. */
    public static void main(String[] arguments) {
        String what = arguments[3];
        RedisClient redis = RedisClient.create(arguments[0]);
        Behaviour behaviour = new Behaviour(job -> {
            if (!what.equals("hold")) redis.rpush(what, "java:" + job.id());
        });
        Queues queues = Queues.open(arguments[1]);
        queues.worker(arguments[2])
                .onAny(what.equals("hold") ? (payload, job) -> hold(job.record()) : behaviour)
                .options(options(what.equals("hold")))
                .start();
        System.out.println(READY);
    }

    private static WorkerOptions options(boolean brief) {
        return WorkerOptions.builder()
                .concurrency(brief ? 3 : 8)
                .name("java")
                .lease(Duration.ofMillis(brief ? 1_000 : 2_000))
                .stalledInterval(Duration.ofMillis(500))
                .maxStalls(100)
                .keepCompleted(Retention.all())
                .build();
    }

    private static Object hold(JobRecord job) throws InterruptedException {
        new java.util.concurrent.CountDownLatch(1).await();
        return job.name();
    }
}
