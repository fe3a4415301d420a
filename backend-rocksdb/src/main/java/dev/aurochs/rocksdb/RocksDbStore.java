package dev.aurochs.rocksdb;

import dev.aurochs.engine.store.EngineStore;
import dev.aurochs.engine.store.RowReads;
import dev.aurochs.engine.store.Rows;
import dev.aurochs.engine.store.Written;
import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.BackendUnavailableException.Outcome;
import dev.aurochs.queue.spi.Flaw;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Jobs in a folder on this machine. Steps run one at a time in memory; one thread brings them to the disk, many at once
 * where many callers wait, and then completes their stages in order. One process owns the folder at a time.
 *
 * <p>When the disk fails, every stage that is not complete fails with an unknown outcome, and the store refuses all
 * further calls until it is opened again: what cannot be written once is never tried again.
 */
public final class RocksDbStore implements EngineStore {
    private final Folder folder;
    private final Database database;
    private final Memory memory;
    private final Backlog backlog;
    private final Flusher flusher;
    private final long ownerEpoch;
    /** Shared by looks, exclusive for the closing of the database: a closed one must not be asked. */
    private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock();

    private volatile boolean closed;
    private boolean released;

    private RocksDbStore(Folder folder, Opening opening, Disk disk, Durability durability) {
        this.folder = folder;
        this.database = opening.database();
        this.memory = opening.memory();
        this.ownerEpoch = opening.ownerEpoch();
        this.backlog = new Backlog(disk);
        this.flusher = new Flusher(backlog, durability);
    }

    /**
     * Opens the store in a folder, and makes it when it is not there.
     *
     * @throws dev.aurochs.queue.job.InvalidInputException when the folder cannot be a store's
     * @throws dev.aurochs.queue.job.BackendInUseException when another process, or this one, has it open
     * @throws dev.aurochs.queue.job.BackendCorruptException when it has a newer format or is damaged
     */
    public static RocksDbStore open(RocksDbSettings settings) {
        return open(settings, disk -> disk);
    }

    /** The same, with something between the store and its disk. */
    static RocksDbStore open(RocksDbSettings settings, UnaryOperator<Disk> disk) {
        NativeLibrary.load();
        Folder folder = Folder.prepare(settings.folder());
        Opening opening = Opening.of(folder);
        RocksDbStore store = new RocksDbStore(folder, opening, disk.apply(opening.database()), settings.durability());
        store.flusher.start();
        return store;
    }

    @Override
    public <T> Written<T> write(Function<Rows, T> step) {
        if (memory.lock.isHeldByCurrentThread()) throw new IllegalStateException("a step cannot begin inside a step");
        Written<T> written;
        memory.lock.lock();
        try {
            refuseWhenClosed();
            written = run(step);
        } finally {
            memory.lock.unlock();
        }
        backlog.relieve();
        return written;
    }

    private <T> Written<T> run(Function<? super StepRows, T> step) {
        StepRows rows = new StepRows(database, backlog, memory);
        boolean done = false;
        try {
            T answer = step.apply(rows);
            Changes changes = rows.finish();
            memory.apply(changes);
            Written<T> written = new Written<>(answer, backlog.commit(changes));
            done = true;
            memory.changeBodies(changes);
            return written;
        } finally {
            if (!done) rows.undo();
        }
    }

    @Override
    public <T> T read(Function<RowReads, T> look) {
        gate.readLock().lock();
        try {
            refuseWhenClosed();
            return look.apply(new RowView(database, backlog, memory, new Changes()));
        } finally {
            gate.readLock().unlock();
        }
    }

    @Override
    public void check(boolean repair, Consumer<Flaw> found) {
        memory.lock.lock();
        try {
            refuseWhenClosed();
            backlog.drain();
            RowCheck check = new RowCheck(database, repair, found);
            check.run();
            if (repair) repair(check);
        } finally {
            memory.lock.unlock();
        }
    }

    private void repair(RowCheck check) {
        if (check.areBandsWrong()) new BandRows(database).replace(check.counted());
        memory.heads.clear();
        check.counted().forEach(memory.heads::restore);
        run(rows -> {
            check.repairs().forEach(repair -> repair.accept(rows));
            return true;
        });
        backlog.drain();
        database.flush(true);
    }

    @Override
    public long ownerEpoch() {
        return ownerEpoch;
    }

    /** Idempotent, and safe while others call; must not be called from a step, a look or the callback of a stage. */
    @Override
    public void close() {
        if (flusher.isCurrentThread() || memory.lock.isHeldByCurrentThread() || gate.getReadHoldCount() > 0)
            throw new IllegalStateException("a store cannot be closed by what it is running");
        memory.lock.lock();
        try {
            closed = true;
        } finally {
            memory.lock.unlock();
        }
        flusher.close();
        gate.writeLock().lock();
        try {
            if (released) return;
            released = true;
            database.close();
            folder.release();
        } finally {
            gate.writeLock().unlock();
        }
    }

    Database database() {
        return database;
    }

    Memory memory() {
        return memory;
    }

    private void refuseWhenClosed() {
        if (closed)
            throw new BackendUnavailableException(
                    "the RocksDB store in " + folder.path() + " is closed", Outcome.NOT_APPLIED, null);
        @Nullable BackendUnavailableException failure = backlog.failure();
        if (failure != null) throw new BackendUnavailableException(failure.getMessage(), Outcome.NOT_APPLIED, failure);
    }
}
