package dev.aurochs.cli.demo.picture;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The little of a JPEG's notes about itself that the demo needs, read leniently: cameras and programs write them in
 * ways that stricter readers refuse.
 *
 * @param orientation 1 (upright) to 8, as cameras store it
 * @param texts comments, description, artist and copyright, as far as they are there
 */
record JpegNotes(int orientation, List<String> texts) {
    private static final byte[] EXIF = {'E', 'x', 'i', 'f', 0, 0};
    private static final int START_OF_IMAGE = 0xFFD8;
    private static final int START_OF_SCAN = 0xDA;
    private static final int COMMENT = 0xFE;
    private static final int APP1 = 0xE1;
    private static final int ORIENTATION = 0x0112;
    private static final Set<Integer> TEXT_TAGS = Set.of(0x010E, 0x013B, 0x8298);
    private static final int TEXT_TYPE = 2;
    private static final int MOST_TEXT_BYTES = 4_096;

    /** What the file says; upright and without texts when it says nothing readable or is no JPEG. */
    static JpegNotes of(Path file) throws IOException {
        int orientation = 1;
        List<String> texts = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            if (in.readUnsignedShort() != START_OF_IMAGE) return new JpegNotes(1, List.of());
            while (in.readUnsignedByte() == 0xFF) {
                int segment = in.readUnsignedByte();
                int length = in.readUnsignedShort() - 2;
                if (segment == START_OF_SCAN || length < 0) break;
                if (segment == COMMENT) texts.add(text(in.readNBytes(length)));
                else if (segment == APP1) orientation = exif(in.readNBytes(length), orientation, texts);
                else in.skipNBytes(length);
            }
        } catch (EOFException cutOff) {
            return new JpegNotes(orientation, texts);
        }
        return new JpegNotes(orientation, texts);
    }

    /** Adds the texts of an EXIF block; answers its orientation, or the one before where it has none. */
    private static int exif(byte[] content, int before, List<String> texts) {
        if (content.length <= EXIF.length || !Arrays.equals(content, 0, EXIF.length, EXIF, 0, EXIF.length))
            return before;
        ByteBuffer tiff = ByteBuffer.wrap(content, EXIF.length, content.length - EXIF.length)
                .slice();
        int orientation = before;
        try {
            tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            int start = tiff.getInt(4);
            int entries = tiff.getShort(start) & 0xFFFF;
            for (int i = 0; i < entries; i++) {
                int entry = start + 2 + 12 * i;
                int tag = tiff.getShort(entry) & 0xFFFF;
                if (tag == ORIENTATION) orientation = tiff.getShort(entry + 8);
                if (TEXT_TAGS.contains(tag) && tiff.getShort(entry + 2) == TEXT_TYPE) texts.add(text(tiff, entry));
            }
        } catch (IndexOutOfBoundsException cutOff) {
            return before;
        }
        return orientation >= 1 && orientation <= 8 ? orientation : before;
    }

    private static String text(ByteBuffer tiff, int entry) {
        int length = Math.max(0, Math.min(tiff.getInt(entry + 4), MOST_TEXT_BYTES));
        byte[] bytes = new byte[length];
        tiff.get(length <= 4 ? entry + 8 : tiff.getInt(entry + 8), bytes);
        return text(bytes);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8).replace("\0", "").strip();
    }
}
