package dev.aurochs.rocksdb.bytes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/**
 * UTF-8 that loses nothing: a surrogate without its partner, which plain UTF-8 turns into a question mark, takes three
 * bytes like any other character of its size. Byte order is the order of code points.
 */
final class TextBytes {
    private static final char REPLACEMENT = '\uFFFD';

    private TextBytes() {}

    static byte[] encode(String text) {
        return isWellFormed(text) ? text.getBytes(UTF_8) : encodeAnyway(text);
    }

    /** Throws {@link MalformedBytesException} when no text has these bytes. */
    static String decode(byte[] bytes, int from, int length) {
        String text = new String(bytes, from, length, UTF_8);
        return text.indexOf(REPLACEMENT) < 0 ? text : decodeAnyway(bytes, from, length);
    }

    private static boolean isWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isSurrogate(text.charAt(i))) continue;
            if (!Character.isSupplementaryCodePoint(text.codePointAt(i))) return false;
            i++;
        }
        return true;
    }

    private static byte[] encodeAnyway(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length() * 2);
        text.codePoints().forEach(point -> {
            if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                out.write(0xE0 | point >> 12);
                out.write(0x80 | point >> 6 & 0x3F);
                out.write(0x80 | point & 0x3F);
            } else {
                out.writeBytes(Character.toString(point).getBytes(UTF_8));
            }
        });
        return out.toByteArray();
    }

    private static String decodeAnyway(byte[] bytes, int from, int length) {
        StringBuilder text = new StringBuilder(length);
        int end = from + length;
        for (int i = from; i < end; ) {
            int size = size(bytes[i]);
            if (i + size > end) throw new MalformedBytesException("a text ends in the middle of a character");
            text.appendCodePoint(point(bytes, i, size));
            i += size;
        }
        return text.toString();
    }

    private static int size(byte lead) {
        if (lead >= 0) return 1;
        if ((lead & 0xE0) == 0xC0) return 2;
        if ((lead & 0xF0) == 0xE0) return 3;
        if ((lead & 0xF8) == 0xF0) return 4;
        throw new MalformedBytesException("a text has a byte that begins no character");
    }

    private static int point(byte[] bytes, int at, int size) {
        if (size == 1) return bytes[at];
        int point = bytes[at] & 0x7F >> size;
        for (int i = 1; i < size; i++) {
            if ((bytes[at + i] & 0xC0) != 0x80) throw new MalformedBytesException("a text has a broken character");
            point = point << 6 | bytes[at + i] & 0x3F;
        }
        int least = size == 2 ? 0x80 : size == 3 ? 0x800 : 0x10000;
        if (point < least || point > Character.MAX_CODE_POINT)
            throw new MalformedBytesException("a text has a character outside Unicode");
        return point;
    }
}
