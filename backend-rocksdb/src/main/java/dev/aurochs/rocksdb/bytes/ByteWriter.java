package dev.aurochs.rocksdb.bytes;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/** Writes one row. Small numbers and short texts take few bytes. Not thread-safe. */
final class ByteWriter {
    private byte[] buffer = new byte[192];
    private int size;

    /** A row that begins with its format. */
    static ByteWriter ofFormat(int format) {
        return new ByteWriter().octet(format);
    }

    ByteWriter octet(int value) {
        room(1);
        buffer[size++] = (byte) value;
        return this;
    }

    ByteWriter flag(boolean value) {
        return octet(value ? 1 : 0);
    }

    /** Any number; one near zero, of either sign, is short. */
    ByteWriter number(long value) {
        return unsigned(value << 1 ^ value >> 63);
    }

    /** Seven bits a byte, lowest first. */
    ByteWriter unsigned(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            buffer[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[size++] = (byte) rest;
        return this;
    }

    ByteWriter real(double value) {
        long bits = Double.doubleToRawLongBits(value);
        for (int shift = 56; shift >= 0; shift -= 8) octet((int) (bits >>> shift));
        return this;
    }

    ByteWriter text(String text) {
        return bytes(TextBytes.encode(text));
    }

    ByteWriter bytes(byte[] bytes) {
        unsigned(bytes.length);
        room(bytes.length);
        System.arraycopy(bytes, 0, buffer, size, bytes.length);
        size += bytes.length;
        return this;
    }

    ByteWriter moment(Instant moment) {
        return number(moment.getEpochSecond()).unsigned(moment.getNano());
    }

    ByteWriter span(Duration span) {
        return number(span.getSeconds()).unsigned(span.getNano());
    }

    byte[] toBytes() {
        return Arrays.copyOf(buffer, size);
    }

    private void room(int more) {
        if (buffer.length - size < more) buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
    }
}
