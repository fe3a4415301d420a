package dev.aurochs.rocksdb.bytes;

/** A log line: the text. Job and number stand in the key. */
public final class LogCodec {
    private static final int FORMAT = 1;

    private LogCodec() {}

    public static byte[] encode(String line) {
        return ByteWriter.ofFormat(FORMAT).text(line).toBytes();
    }

    /** Throws {@link MalformedBytesException}. */
    public static String decode(byte[] bytes) {
        return ByteReader.read(bytes, FORMAT, ByteReader::text);
    }
}
