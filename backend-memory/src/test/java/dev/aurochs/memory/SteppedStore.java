package dev.aurochs.memory;

import dev.aurochs.engine.store.EngineStore;
import dev.aurochs.engine.store.RowReads;
import dev.aurochs.engine.store.Rows;
import dev.aurochs.engine.store.Written;
import java.util.function.Function;

/** A store before and after each of whose steps another thread may come. */
record SteppedStore(EngineStore store, Turns turns) implements EngineStore {
    @Override
    public <T> Written<T> write(Function<Rows, T> step) {
        turns.next();
        Written<T> written = store.write(step);
        turns.next();
        return written;
    }

    @Override
    public <T> T read(Function<RowReads, T> look) {
        turns.next();
        T answer = store.read(look);
        turns.next();
        return answer;
    }

    @Override
    public long ownerEpoch() {
        return store.ownerEpoch();
    }

    @Override
    public void close() {
        store.close();
    }
}
