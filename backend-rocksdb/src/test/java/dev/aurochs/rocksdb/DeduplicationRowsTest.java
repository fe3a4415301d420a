package dev.aurochs.rocksdb;

import static dev.aurochs.rocksdb.Jobs.MAIL;
import static dev.aurochs.rocksdb.Jobs.NOW;
import static dev.aurochs.rocksdb.Jobs.ref;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.engine.EngineBackend;
import dev.aurochs.engine.EngineProfile;
import dev.aurochs.engine.store.DeduplicationRow;
import dev.aurochs.queue.job.Deduplication;
import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.spi.AddUnit;
import dev.aurochs.queue.spi.Added;
import dev.aurochs.queue.spi.QueueBackend;
import dev.aurochs.queue.spi.Traits.AckLevel;
import dev.aurochs.rocksdb.bytes.DeduplicationCodec;
import dev.aurochs.rocksdb.bytes.Keyspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who holds an id survives; a row that is wrong keeps nobody out, and the self-check names it. */
class DeduplicationRowsTest {
    private static final String ID = "once";

    @TempDir
    Path folder;

    private RocksDbStore store;
    private QueueBackend backend;

    @BeforeEach
    void open() {
        store = RocksDbStore.open(new RocksDbSettings(folder, Durability.ALWAYS));
        backend =
                new EngineBackend(store, new EngineProfile("rocksdb", "rocksdb:x", AckLevel.DISK, Set.of(), List.of()));
    }

    @AfterEach
    void close() {
        backend.close();
    }

    private Added add(String id) {
        JobOptions once = JobOptions.builder()
                .deduplication(Deduplication.untilFinished(ID))
                .build();
        return backend.add(List.of(AddUnit.of(Flows.job(id, once, null, false))), NOW)
                .get(0)
                .toCompletableFuture()
                .join()
                .get(0);
    }

    private void lay(byte[] row) {
        Changes changes = new Changes();
        changes.put(Keyspace.deduplication(MAIL, ID), row);
        store.database().write(changes);
        close();
        open();
    }

    private List<String> check(boolean repair) {
        List<String> said = new ArrayList<>();
        backend.selfCheck().orElseThrow().check(repair, NOW, flaw -> said.add(flaw.cure() + " " + flaw.problem()));
        return said;
    }

    @Test
    void an_id_is_held_over_a_restart() {
        add("a");
        close();
        open();
        assertThat(add("b")).isEqualTo(new Added.Deduplicated(JobId.of("a")));
        assertThat(check(false)).isEmpty();
    }

    @Test
    void a_job_that_is_not_there_holds_nothing() {
        lay(DeduplicationCodec.encode(new DeduplicationRow(MAIL, ID, JobId.of("lost"), null, null)));
        assertThat(check(false))
                .containsExactly(
                        "REPAIR has a deduplication id 'once' that is held by job mail:lost," + " which is not there");
        assertThat(add("a")).isEqualTo(new Added.Stored(JobId.of("a")));
        assertThat(check(true)).isEmpty();
    }

    @Test
    void a_row_that_cannot_be_read_keeps_nobody_out_and_is_forgotten() {
        lay(new byte[] {1, 99, 7});
        assertThat(check(true))
                .containsExactly("REPAIRED cannot tell who holds the deduplication id 'once':"
                        + " it has 99 where 0 or 1 belongs");
        assertThat(check(false)).isEmpty();
        lay(new byte[] {1, 99, 7});
        assertThat(add("a")).isEqualTo(new Added.Stored(JobId.of("a")));
        assertThat(check(false)).isEmpty();
    }

    @Test
    void a_queue_that_is_deleted_takes_its_ids_along_and_no_others() {
        QueueName other = QueueName.of("mail2");
        JobId job = ref("a").id();
        store.write(rows -> {
            rows.putDeduplication(new DeduplicationRow(MAIL, ID, job, NOW, null));
            rows.putDeduplication(new DeduplicationRow(other, ID, job, NOW, null));
            return true;
        });
        store.write(rows -> {
            rows.putDeduplication(new DeduplicationRow(MAIL, "mine", job, NOW, null));
            rows.deleteQueue(MAIL);
            return true;
        });
        assertThat(store.<Boolean>read(rows -> rows.deduplication(MAIL, ID) == null
                        && rows.deduplication(MAIL, "mine") == null
                        && rows.deduplication(other, ID) != null))
                .isTrue();
    }
}
