package dev.aurochs.queue.job;

/**
 * One JSON value as text: a payload, a result or a progress report. The portable layer checks that the text is valid
 * before it reaches a backend, and backends return it unchanged, so that 64-bit integers and long decimals stay exact.
 */
public record Json(String text) {
    public static final Json NULL = new Json("null");
    public static final Json EMPTY_OBJECT = new Json("{}");

    /** The size in UTF-8, the measure of the size limits. */
    public int byteLength() {
        return Texts.utf8Length(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
