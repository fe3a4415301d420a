package dev.aurochs.rocksdb;

import static dev.aurochs.rocksdb.Jobs.MAIL;

import dev.aurochs.engine.store.Place;
import dev.aurochs.engine.store.StateRow;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Json;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/** Adds jobs and claims every third, and prints each id once it is acknowledged, until it is killed. */
final class CrashVictim {
    /** Long enough that RocksDB begins new logs and files while the test runs. */
    private static final Json LONG = new Json('"' + "x".repeat(10_000) + '"');

    private static final AtomicLong NUMBERS = new AtomicLong();

    private CrashVictim() {}

    public static void main(String[] arguments) throws Exception {
        Durability durability = Durability.named(arguments[1]).orElseThrow();
        RocksDbStore store = RocksDbStore.open(new RocksDbSettings(Path.of(arguments[0]), durability));
        PrintStream out = new PrintStream(System.out, true);
        Semaphore unacknowledged = new Semaphore(200);
        while (true) {
            String id = arguments[2] + "-" + NUMBERS.incrementAndGet();
            unacknowledged.acquire();
            add(store, id).thenRun(() -> {
                out.println(id);
                unacknowledged.release();
            });
        }
    }

    private static CompletionStage<Void> add(RocksDbStore store, String id) {
        long seq = NUMBERS.get();
        return store.write(rows -> {
                    Jobs.add(rows, id, seq);
                    rows.putBody(Jobs.body(id).withPayload(LONG));
                    if (seq % 3 == 0) {
                        Place first = rows.first(MAIL, JobState.WAITING);
                        if (first != null) {
                            StateRow active = Jobs.row(first.id().value(), JobState.ACTIVE, 0, seq);
                            rows.removePlace(first);
                            rows.putState(active);
                            rows.putPlace(Place.of(active));
                        }
                    }
                    return id;
                })
                .safe();
    }
}
