package dev.aurochs.rocksdb.bytes;

/**
 * A row that was put aside.
 *
 * @param key the key under which it stood
 * @param bytes what stood there
 */
public record DamagedRow(byte[] key, String problem, byte[] bytes) {
    private static final int FORMAT = 1;

    public byte[] encode() {
        return ByteWriter.ofFormat(FORMAT).text(problem).bytes(bytes).toBytes();
    }

    /** Throws {@link MalformedBytesException}. */
    public static DamagedRow decode(byte[] key, byte[] bytes) {
        return ByteReader.read(bytes, FORMAT, in -> new DamagedRow(key, in.text(), in.bytes()));
    }
}
