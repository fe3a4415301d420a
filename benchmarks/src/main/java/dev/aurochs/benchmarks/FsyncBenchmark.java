package dev.aurochs.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.HdrHistogram.Histogram;

/** What this machine's disk can do: the yardstick for everything durable. */
final class FsyncBenchmark {
    private static final int ROUNDS = 300;

    private final Scratch scratch;
    private final PrintStream out;

    FsyncBenchmark(Scratch scratch, PrintStream out) {
        this.scratch = scratch;
        this.out = out;
    }

    void run() throws IOException {
        Path file = scratch.folder().resolve("fsync");
        Histogram micros = new Histogram(3);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (int i = 0; i < ROUNDS; i++) {
                channel.write(ByteBuffer.allocate(4096));
                long start = System.nanoTime();
                channel.force(false);
                micros.recordValue((System.nanoTime() - start) / 1_000);
            }
        }
        Files.delete(file);
        out.printf(
                "%nfsync of 4 KiB appended: p50 %d µs, p99 %d µs%n",
                micros.getValueAtPercentile(50), micros.getValueAtPercentile(99));
    }
}
