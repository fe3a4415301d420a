package dev.aurochs.cli.demo;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A picture of a run, and what its smaller form is called.
 *
 * @param number from 0, in the order of upload
 * @param name relative to the folder of the pictures, {@code /} between folders
 * @param source where its file is: absolute, or relative to the demo's folder
 * @param asJpeg its name once it is a JPEG; like no other picture's of the run
 * @param asPng its name once it is a PNG; like no other picture's of the run
 */
record Picture(int number, String name, String source, String asJpeg, String asPng) {
    /** The pictures of a run. The same run always answers the same. */
    static List<Picture> of(RunState run) {
        Set<String> taken = new HashSet<>();
        for (String name : run.pictures()) taken.add(name.toLowerCase(Locale.ROOT));
        List<Picture> pictures = new ArrayList<>();
        for (String name : run.pictures())
            pictures.add(new Picture(
                    pictures.size(),
                    name,
                    source(run.images(), name),
                    renamed(name, "jpg", taken),
                    renamed(name, "png", taken)));
        return pictures;
    }

    private static String source(@Nullable String images, String name) {
        return images == null ? "pictures/" + name : images + "/" + name;
    }

    private static String renamed(String name, String extension, Set<String> taken) {
        String present = PictureFinder.extension(name);
        if (present.equals(extension) || present.equals("jpeg") && extension.equals("jpg")) return name;
        String candidate = name.substring(0, name.length() - present.length()) + extension;
        for (int i = 1; !taken.add(candidate.toLowerCase(Locale.ROOT)); i++)
            candidate = name + (i == 1 ? "." : "." + i + ".") + extension;
        return candidate;
    }
}
