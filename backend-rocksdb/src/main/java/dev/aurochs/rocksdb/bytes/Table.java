package dev.aurochs.rocksdb.bytes;

import org.jspecify.annotations.Nullable;

/** The tables, each with the first byte of its keys and the column family it lies in. */
public enum Table {
    META(0x01, Store.ROWS),
    STATES(0x02, Store.ROWS),
    CHILDREN(0x03, Store.ROWS),
    QUEUES(0x04, Store.ROWS),
    SESSIONS(0x05, Store.ROWS),
    BANDS(0x06, Store.ROWS),
    SCHEDULES(0x07, Store.ROWS),
    DEDUPLICATIONS(0x08, Store.ROWS),
    DAMAGED(0x0F, Store.ROWS),
    BODIES(0x11, Store.BODIES),
    FAILURES(0x12, Store.BODIES),
    LOG(0x13, Store.BODIES),
    PLACES(0x21, Store.PLACES),
    EVENTS(0x31, Store.EVENTS);

    /** A column family. Few of them: each costs memory and a flush of its own. */
    public enum Store {
        /** Small rows that change. */
        ROWS("default"),
        /** What is written once, and dropped or left. */
        BODIES("bodies"),
        /** The only table that is read in order at speed. */
        PLACES("places"),
        /** Rows that go in ranges, apart because range deletions slow down the look-up of single rows beside them. */
        EVENTS("events");

        private final String family;

        Store(String family) {
            this.family = family;
        }

        /** The name of the column family. */
        public String family() {
            return family;
        }
    }

    private static final @Nullable Table[] BY_CODE = new Table[128];

    static {
        for (Table table : values()) BY_CODE[table.code] = table;
    }

    private final int code;
    private final Store store;

    Table(int code, Store store) {
        this.code = code;
        this.store = store;
    }

    /** The first byte of every key of this table. */
    public int code() {
        return code;
    }

    public Store store() {
        return store;
    }

    /** The table a key belongs to. Throws {@link MalformedBytesException} when there is none. */
    public static Table of(byte[] key) {
        Table table = key.length > 0 && key[0] >= 0 ? BY_CODE[key[0]] : null;
        if (table == null) throw new MalformedBytesException("a key belongs to no table");
        return table;
    }
}
