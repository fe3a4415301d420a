package dev.aurochs.benchmarks;

import dev.aurochs.queue.Queues;
import dev.aurochs.queue.Worker;
import dev.aurochs.queue.WorkerOptions;
import dev.aurochs.queue.job.JobState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * How soon the jobs of a killed worker run again (rule S7): a process that runs some is killed with -9, and another one
 * opens the store at once, with default settings.
 */
final class KillBenchmark {
    static final int JOBS = 20;
    private static final int ROUNDS = 5;
    private static final long MOST_SECONDS = 60;

    private final Scratch scratch;
    private final PrintStream out;
    private final Histogram millis = new Histogram(3);
    private int lost;
    private int repeats;

    KillBenchmark(Scratch scratch, PrintStream out) {
        this.scratch = scratch;
        this.out = out;
    }

    void run() throws Exception {
        out.printf("%njobs of a killed process run again%n");
        for (int round = 0; round < ROUNDS; round++) round();
        out.printf(
                "  durable  killed to begun again p50 %,d ms, max %,d ms (rule S7: 45,000)%n",
                millis.getValueAtPercentile(50), millis.getMaxValue());
        out.printf("           %d kills, %d jobs, lost %d, run twice %d%n", ROUNDS, ROUNDS * JOBS, lost, repeats);
    }

    private void round() throws Exception {
        String address = scratch.store();
        try (Queues queues = Queues.open(address)) {
            for (int i = 0; i < JOBS; i++) queues.queue("bench").add("job", Payload.JSON);
        }
        Set<String> begun = killed(address);
        long killed = System.nanoTime();
        BlockingQueue<String> again = new ArrayBlockingQueue<>(2 * JOBS);
        try (Queues queues = Queues.open(address)) {
            Worker worker = queues.worker("bench")
                    .onAny((payload, job) -> again.add(job.id().toString()))
                    .options(WorkerOptions.builder().concurrency(JOBS).build())
                    .start();
            Set<String> missing = new TreeSet<>(begun);
            while (!missing.isEmpty()) {
                String id = again.poll(MOST_SECONDS, TimeUnit.SECONDS);
                if (id == null) break;
                if (missing.remove(id)) millis.recordValue((System.nanoTime() - killed) / 1_000_000);
            }
            lost += missing.size();
            repeats += begun.size() - missing.size();
            worker.close();
            long completed =
                    queues.queue("bench").counts().of(JobState.COMPLETED).orElse(0);
            if (completed != JOBS) out.printf("           only %d of %d jobs completed%n", completed, JOBS);
        }
    }

    /** The jobs that were running when their process was killed. */
    private static Set<String> killed(String address) throws IOException, InterruptedException {
        Process victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KillVictim.class.getName(),
                        address)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Set<String> begun = new TreeSet<>();
        try (BufferedReader lines = victim.inputReader()) {
            while (begun.size() < JOBS) {
                String line = lines.readLine();
                if (line == null) throw new IllegalStateException("the process to be killed ended by itself");
                begun.add(line);
            }
        } finally {
            victim.destroyForcibly().waitFor();
        }
        return begun;
    }
}
