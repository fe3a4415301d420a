package dev.aurochs.rocksdb;

import dev.aurochs.queue.spi.QueueBackend;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import org.rocksdb.FlushOptions;

/**
 * Does mixed work, and prints for its ledger what it is about to do and what was acknowledged, until it is killed, or
 * nobody listens any more.
 * Arguments: folder, durability, number of the round.
 */
final class CrashVictim {
    private static final int UNACKNOWLEDGED = 100;
    /** So many steps, and RocksDB begins new logs and files. */
    private static final int STEPS_PER_FILE = 400;

    private CrashVictim() {}

    public static void main(String[] arguments) throws Exception {
        Durability durability = Durability.named(arguments[1]).orElseThrow();
        int round = Integer.parseInt(arguments[2]);
        RocksDbStore store = RocksDbStore.open(new RocksDbSettings(Path.of(arguments[0]), durability));
        QueueBackend backend = Stores.over(store);
        PrintStream out = new PrintStream(System.out, true);
        MixedWork work = new MixedWork(backend, "r" + round, round, 1_000, out::println);
        Semaphore free = new Semaphore(UNACKNOWLEDGED);
        try (FlushOptions options = new FlushOptions().setWaitForFlush(false)) {
            for (int step = 1; !out.checkError(); step++) {
                free.acquire();
                CompletionStage<?> done = work.step();
                done.thenRun(free::release);
                if (step % 10 == 0) work.stepOutside();
                if (step % STEPS_PER_FILE == 0) store.database().rocks().flush(options);
            }
        }
    }
}
