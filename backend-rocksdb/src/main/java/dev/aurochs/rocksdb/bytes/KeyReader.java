package dev.aurochs.rocksdb.bytes;

import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.QueueException;
import dev.aurochs.queue.job.QueueName;
import java.util.Arrays;
import java.util.function.Function;

/** Takes apart what {@link KeyWriter} wrote; anything else is a {@link MalformedBytesException}. */
final class KeyReader {
    private final byte[] key;
    private int at = 1;

    private KeyReader(byte[] key) {
        this.key = key;
    }

    static <T> T read(byte[] key, Table table, Function<KeyReader, T> reading) {
        if (Table.of(key) != table) throw new MalformedBytesException("a key is not one of " + table);
        KeyReader in = new KeyReader(key);
        try {
            T parts = reading.apply(in);
            if (in.at != key.length) throw new MalformedBytesException("a key of " + table + " is too long");
            return parts;
        } catch (QueueException refused) {
            throw new MalformedBytesException("a key of " + table + " holds a name that is not allowed", refused);
        }
    }

    int octet() {
        if (at == key.length) throw new MalformedBytesException("a key ends too early");
        return key[at++] & 0xFF;
    }

    long number() {
        long flipped = 0;
        for (int i = 0; i < 8; i++) flipped = flipped << 8 | octet();
        return flipped ^ Long.MIN_VALUE;
    }

    String text() {
        byte[] bytes = new byte[key.length - at];
        int length = 0;
        while (true) {
            int next = octet();
            if (next == 0) {
                int mark = octet();
                if (mark == 1) return TextBytes.decode(bytes, 0, length);
                if (mark != 0xFF) throw new MalformedBytesException("a text in a key has a stray zero");
            }
            bytes[length++] = (byte) next;
        }
    }

    JobRef job() {
        return new JobRef(QueueName.of(text()), JobId.of(text()));
    }

    byte[] rest() {
        int from = at;
        at = key.length;
        return Arrays.copyOfRange(key, from, at);
    }
}
