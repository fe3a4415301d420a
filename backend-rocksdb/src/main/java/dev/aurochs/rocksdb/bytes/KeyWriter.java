package dev.aurochs.rocksdb.bytes;

import java.util.Arrays;

/**
 * Writes a key whose bytes compare as its parts do: numbers big-endian with the sign bit flipped, texts in UTF-8 with
 * 00 written as 00 FF and 00 01 behind the last byte.
 */
final class KeyWriter {
    private byte[] buffer = new byte[96];
    private int size;

    KeyWriter(Table table) {
        octet(table.code());
    }

    KeyWriter octet(int value) {
        if (size == buffer.length) buffer = Arrays.copyOf(buffer, size * 2);
        buffer[size++] = (byte) value;
        return this;
    }

    KeyWriter number(long value) {
        long flipped = value ^ Long.MIN_VALUE;
        for (int shift = 56; shift >= 0; shift -= 8) octet((int) (flipped >>> shift));
        return this;
    }

    KeyWriter text(String text) {
        int length = text.length();
        if (buffer.length - size < length) buffer = Arrays.copyOf(buffer, 2 * buffer.length + length);
        int at = 0;
        while (at < length && text.charAt(at) > 0 && text.charAt(at) < 0x80)
            buffer[size + at] = (byte) text.charAt(at++);
        if (at == length) size += length;
        else anyText(text);
        return octet(0).octet(1);
    }

    private void anyText(String text) {
        for (byte next : TextBytes.encode(text)) {
            octet(next);
            if (next == 0) octet(0xFF);
        }
    }

    KeyWriter raw(byte[] bytes) {
        for (byte next : bytes) octet(next);
        return this;
    }

    byte[] toBytes() {
        return Arrays.copyOf(buffer, size);
    }
}
