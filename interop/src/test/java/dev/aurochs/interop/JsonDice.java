package dev.aurochs.interop;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Draws JSON texts that are hard to carry: all of Unicode, control characters, long numbers, deep and large values. */
final class JsonDice {
    private static final int LARGE = 1_000_000;
    private static final int DEEP = 400;
    private static final String[] NUMBERS = {
        "0",
        "-0",
        "1e3",
        "9007199254740993",
        "-9223372036854775808",
        "18446744073709551615",
        "0.1",
        "1E-7",
        "3.141592653589793238462643383279502884197",
        "123456789012345678901234567890.123456789",
        "1e308",
        "-1.5e-300"
    };
    private static final String[] TEXTS = {
        "",
        " ",
        "\\u0000",
        "\\u001f\\u007f",
        "\\n\\r\\t\\b\\f",
        "\\\"\\\\\\/",
        "/",
        "ä€𝄞",
        "\\ud834\\udd1e",
        "null",
        "{}",
        "undefined",
        "__proto__",
        "שלום",
        "\u2028\u2029",
        "👩‍👩‍👧",
        "\ufeff",
        "' OR 1=1 --",
        "${x}%s"
    };

    private final Random random;

    JsonDice(long seed) {
        random = new Random(seed);
    }

    /** A value of any kind, of some hundred bytes. */
    String value() {
        StringBuilder out = new StringBuilder();
        value(out, 0);
        return out.toString();
    }

    /** An object, as payloads usually are. */
    String object() {
        StringBuilder out = new StringBuilder("{\"first\":");
        value(out, 1);
        for (int i = random.nextInt(6); i > 0; i--) {
            out.append(",\"").append(i).append(text()).append("\":");
            value(out, 1);
        }
        return out.append('}').toString();
    }

    /** A text of a million bytes. */
    String large() {
        StringBuilder out = new StringBuilder("{\"large\":\"");
        int bytes = 0;
        while (bytes < LARGE) {
            String text = text() + random.nextInt();
            bytes += text.getBytes(StandardCharsets.UTF_8).length;
            out.append(text);
        }
        return out.append("\"}").toString();
    }

    /** Arrays and objects in each other, four hundred deep. */
    String deep() {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < DEEP; i++) out.append(i % 2 == 0 ? "[" : "{\"d\":");
        out.append("1");
        for (int i = DEEP - 1; i >= 0; i--) out.append(i % 2 == 0 ? "]" : "}");
        return out.toString();
    }

    /** The inside of a JSON text. */
    String text() {
        StringBuilder out = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) out.append(TEXTS[random.nextInt(TEXTS.length)]);
        for (int i = random.nextInt(4); i > 0; i--) out.appendCodePoint(codePoint());
        return out.toString();
    }

    private int codePoint() {
        int drawn = 0x20 + random.nextInt(0x10FFFF - 0x20);
        boolean surrogate = drawn >= 0xD800 && drawn <= 0xDFFF;
        return surrogate || drawn == '"' || drawn == '\\' ? 'x' : drawn;
    }

    private void value(StringBuilder out, int depth) {
        switch (random.nextInt(depth > 4 ? 4 : 6)) {
            case 0 -> out.append('"').append(text()).append('"');
            case 1 -> out.append(NUMBERS[random.nextInt(NUMBERS.length)]);
            case 2 -> out.append(random.nextLong());
            case 3 -> out.append(random.nextBoolean() ? "null" : random.nextBoolean() ? "true" : "false");
            case 4 -> {
                out.append('[');
                for (int i = random.nextInt(4); i > 0; i--) {
                    value(out, depth + 1);
                    if (i > 1) out.append(',');
                }
                out.append(']');
            }
            default -> {
                out.append('{');
                for (int i = random.nextInt(4); i > 0; i--) {
                    out.append('"').append(i).append(text()).append("\":");
                    value(out, depth + 1);
                    if (i > 1) out.append(',');
                }
                out.append('}');
            }
        }
    }
}
