package dev.aurochs.cli.demo.picture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks for words that must not be published, in a picture's name and in the texts inside its file. */
public final class Terms {
    private static final Set<String> UNWANTED = Set.of("confidential", "secret", "password", "passport", "vertraulich");
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

    private Terms() {}

    /**
     * What was read and found.
     *
     * @param words how many words were read
     * @param objection empty when no unwanted term is among them
     */
    public record Verdict(int words, Optional<String> objection) {}

    /** Reads the name as people see it and every text inside the file. */
    public static Verdict judge(String name, Path file) throws IOException {
        List<String> inName = words(name);
        List<String> inside = new ArrayList<>();
        for (String text : PictureTexts.of(file)) inside.addAll(words(text));
        Optional<String> objection = unwanted(inName)
                .map(term -> "its name contains the term '" + term + "'")
                .or(() -> unwanted(inside).map(term -> "the text inside it contains the term '" + term + "'"));
        return new Verdict(inName.size() + inside.size(), objection);
    }

    private static Optional<String> unwanted(List<String> words) {
        return words.stream().filter(UNWANTED::contains).findFirst();
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) words.add(matcher.group().toLowerCase(Locale.ROOT));
        return words;
    }
}
