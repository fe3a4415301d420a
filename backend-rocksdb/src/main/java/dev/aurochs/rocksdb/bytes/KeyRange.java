package dev.aurochs.rocksdb.bytes;

import java.util.Arrays;

/** Keys from {@code from} up to, but without, {@code until}. */
public record KeyRange(byte[] from, byte[] until) {
    /** All keys that begin with {@code prefix}, whose last byte must not be 0xFF. */
    static KeyRange ofPrefix(byte[] prefix) {
        byte[] until = prefix.clone();
        until[until.length - 1]++;
        return new KeyRange(prefix, until);
    }

    /** What stands behind {@code key}. */
    public KeyRange after(byte[] key) {
        byte[] next = Arrays.copyOf(key, key.length + 1);
        return Arrays.compareUnsigned(next, from) < 0 ? this : new KeyRange(next, until);
    }

    /** {@code key} and what stands behind it. */
    public KeyRange startingAt(byte[] key) {
        return Arrays.compareUnsigned(key, from) < 0 ? this : new KeyRange(key, until);
    }

    /** What stands before {@code key}. */
    public KeyRange before(byte[] key) {
        return Arrays.compareUnsigned(key, until) > 0 ? this : new KeyRange(from, key);
    }

    public boolean contains(byte[] key) {
        return Arrays.compareUnsigned(from, key) <= 0 && Arrays.compareUnsigned(key, until) < 0;
    }

    public Table table() {
        return Table.of(from);
    }
}
