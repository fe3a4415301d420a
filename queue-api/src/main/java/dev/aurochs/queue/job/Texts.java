package dev.aurochs.queue.job;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Checks on the names and ids that users choose. */
final class Texts {
    private Texts() {}

    static void check(@Nullable String text, String field, int maxCharacters, int maxBytes, String rule) {
        boolean valid = text != null
                && !text.isEmpty()
                && text.codePointCount(0, text.length()) <= maxCharacters
                && text.chars().noneMatch(Character::isISOControl)
                && isWellFormed(text)
                && utf8Length(text) <= maxBytes;
        InvalidInputException.unless(valid, field, text, rule);
    }

    static int utf8Length(String text) {
        int length = text.length();
        for (int i = 0; i < length; i++)
            if (text.charAt(i) >= 0x80) return text.getBytes(StandardCharsets.UTF_8).length;
        return length;
    }

    private static boolean isWellFormed(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }
}
