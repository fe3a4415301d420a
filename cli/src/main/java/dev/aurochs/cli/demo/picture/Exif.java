package dev.aurochs.cli.demo.picture;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The little of a JPEG's EXIF block that the demo needs.
 *
 * @param orientation 1 (upright) to 8, as cameras store it
 * @param texts description, artist and copyright, as far as they are there
 */
record Exif(int orientation, List<String> texts) {
    private static final Exif NONE = new Exif(1, List.of());
    private static final byte[] MARK = {'E', 'x', 'i', 'f', 0, 0};
    private static final int ORIENTATION = 0x0112;
    private static final Set<Integer> TEXT_TAGS = Set.of(0x010E, 0x013B, 0x8298);
    private static final int TEXT_TYPE = 2;
    private static final int MOST_TEXT_BYTES = 4_096;

    /** What the file says; upright and without texts when it says nothing readable. */
    static Exif of(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            if (in.available() < 4 || in.readUnsignedShort() != 0xFFD8) return NONE;
            while (in.available() >= 4 && in.readUnsignedByte() == 0xFF) {
                int segment = in.readUnsignedByte();
                int length = in.readUnsignedShort() - 2;
                if (segment == 0xDA || length < 0) return NONE;
                byte[] content = segment == 0xE1 ? in.readNBytes(length) : skipped(in, length);
                if (startsWithMark(content)) return directory(content);
            }
            return NONE;
        } catch (EOFException cutOff) {
            return NONE;
        }
    }

    private static byte[] skipped(InputStream in, int length) throws IOException {
        in.skipNBytes(length);
        return new byte[0];
    }

    private static boolean startsWithMark(byte[] content) {
        return content.length > MARK.length
                && ByteBuffer.wrap(content, 0, MARK.length).equals(ByteBuffer.wrap(MARK));
    }

    private static Exif directory(byte[] content) {
        ByteBuffer tiff = ByteBuffer.wrap(content, MARK.length, content.length - MARK.length)
                .slice();
        int orientation = 1;
        List<String> texts = new ArrayList<>();
        try {
            tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            int start = tiff.getInt(4);
            int entries = tiff.getShort(start) & 0xFFFF;
            for (int i = 0; i < entries; i++) {
                int entry = start + 2 + 12 * i;
                int tag = tiff.getShort(entry) & 0xFFFF;
                if (tag == ORIENTATION) orientation = tiff.getShort(entry + 8);
                boolean text = TEXT_TAGS.contains(tag) && tiff.getShort(entry + 2) == TEXT_TYPE;
                if (text) texts.add(text(tiff, entry));
            }
        } catch (IndexOutOfBoundsException | BufferUnderflowException cutOff) {
            return new Exif(valid(orientation), texts);
        }
        return new Exif(valid(orientation), texts);
    }

    private static int valid(int orientation) {
        return orientation >= 1 && orientation <= 8 ? orientation : 1;
    }

    private static String text(ByteBuffer tiff, int entry) {
        int length = Math.min(tiff.getInt(entry + 4), MOST_TEXT_BYTES);
        int at = length <= 4 ? entry + 8 : tiff.getInt(entry + 8);
        if (length <= 0 || at < 0) return "";
        byte[] bytes = new byte[length];
        tiff.get(at, bytes);
        return new String(bytes, StandardCharsets.UTF_8).replace("\0", "").strip();
    }
}
