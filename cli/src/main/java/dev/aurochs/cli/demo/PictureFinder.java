package dev.aurochs.cli.demo;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;

/** Finds the pictures in a person's folder and the folders below it, by the ends of their names. */
final class PictureFinder extends SimpleFileVisitor<Path> {
    private static final Set<String> READABLE = Set.of("jpg", "jpeg", "png", "gif", "bmp", "tif", "tiff");

    private final Path folder;
    private final Path leftOut;
    private final List<String> names = new ArrayList<>();
    private final List<String> troubles = new ArrayList<>();
    private int others;

    /**
     * What was found.
     *
     * @param names relative to the folder, {@code /} between folders, sorted
     * @param others how many files are no pictures by their name
     * @param troubles a line for each file or folder that could not be looked at
     */
    record Found(List<String> names, int others, List<String> troubles) {}

    private PictureFinder(Path folder, Path leftOut) {
        this.folder = folder;
        this.leftOut = leftOut;
    }

    /** Looks through a folder but for hidden folders and {@code leftOut}; does not follow links to folders. */
    static Found in(Path folder, Path leftOut) throws IOException {
        PictureFinder finder =
                new PictureFinder(folder, leftOut.toAbsolutePath().normalize());
        Files.walkFileTree(folder, finder);
        Collections.sort(finder.names);
        return new Found(List.copyOf(finder.names), finder.others, List.copyOf(finder.troubles));
    }

    @Override
    public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) throws IOException {
        boolean hidden = !visited.equals(folder) && Files.isHidden(visited);
        boolean own = Files.exists(leftOut) && Files.isSameFile(visited, leftOut);
        return hidden || own ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        String name = relativeName(file);
        if (!READABLE.contains(extension(name)) || !Files.isRegularFile(file)) others++;
        else if (folder.resolve(name).equals(file)) names.add(name);
        else troubles.add(name + ": its name cannot be written in this locale; try LC_ALL=C.UTF-8");
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException problem) {
        troubles.add(relativeName(file) + ": it cannot be opened ("
                + problem.getClass().getSimpleName() + ")");
        return FileVisitResult.CONTINUE;
    }

    private String relativeName(Path file) {
        StringJoiner name = new StringJoiner("/");
        folder.relativize(file).forEach(part -> name.add(part.toString()));
        return name.toString();
    }

    /** The part behind the last dot, in lower case; empty when there is none. */
    static String extension(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }
}
