package dev.aurochs.rocksdb.bytes;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Reads what {@link ByteWriter} wrote. Bytes that it cannot have written end in a {@link MalformedBytesException}; a
 * length is checked before anything of that length is made.
 */
final class ByteReader {
    private final byte[] bytes;
    private int at;

    private ByteReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Reads a whole row of the given format. Whatever goes wrong is a {@link MalformedBytesException}. */
    static <T> T read(byte[] bytes, int format, Function<ByteReader, T> reading) {
        ByteReader in = new ByteReader(bytes);
        try {
            int found = in.octet();
            if (found != format)
                throw new MalformedBytesException("it has format " + found + ", this version reads " + format);
            T row = reading.apply(in);
            if (in.left() > 0) throw new MalformedBytesException("it has " + in.left() + " bytes too many");
            return row;
        } catch (MalformedBytesException malformed) {
            throw malformed;
        } catch (RuntimeException refused) {
            throw new MalformedBytesException("it holds a value that is not allowed: " + refused.getMessage(), refused);
        }
    }

    int octet() {
        need(1);
        return bytes[at++] & 0xFF;
    }

    boolean flag() {
        int value = octet();
        if (value > 1) throw new MalformedBytesException("it has " + value + " where 0 or 1 belongs");
        return value == 1;
    }

    long number() {
        long value = unsigned();
        return value >>> 1 ^ -(value & 1);
    }

    int smallNumber() {
        return Math.toIntExact(number());
    }

    long unsigned() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = octet();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) return value;
        }
        throw new MalformedBytesException("it has a number without end");
    }

    double real() {
        long bits = 0;
        for (int i = 0; i < 8; i++) bits = bits << 8 | octet();
        return Double.longBitsToDouble(bits);
    }

    String text() {
        int length = length();
        String text = TextBytes.decode(bytes, at, length);
        at += length;
        return text;
    }

    byte[] bytes() {
        int length = length();
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    /** How many items follow, each of which takes at least a byte. */
    int length() {
        long length = unsigned();
        if (length < 0 || length > left()) throw new MalformedBytesException("it ends too early");
        return (int) length;
    }

    Instant moment() {
        return Instant.ofEpochSecond(number(), nanos());
    }

    Duration span() {
        return Duration.ofSeconds(number(), nanos());
    }

    private long nanos() {
        long nanos = unsigned();
        if (nanos < 0 || nanos > 999_999_999) throw new MalformedBytesException("it has a second of " + nanos + " ns");
        return nanos;
    }

    private int left() {
        return bytes.length - at;
    }

    private void need(int count) {
        if (left() < count) throw new MalformedBytesException("it ends too early");
    }
}
