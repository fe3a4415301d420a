package dev.aurochs.rocksdb.bytes;

/** A row that is one number. */
public final class NumberCodec {
    private static final int FORMAT = 1;

    private NumberCodec() {}

    public static byte[] encode(long number) {
        return ByteWriter.ofFormat(FORMAT).number(number).toBytes();
    }

    /** Throws {@link MalformedBytesException}. */
    public static long decode(byte[] bytes) {
        return ByteReader.read(bytes, FORMAT, ByteReader::number);
    }
}
