package dev.aurochs.cli.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import picocli.CommandLine;

/** Runs the demo in this process and keeps what it said. */
record DemoLine(int code, String out, String err) {
    /** {@code folder} takes the place of ./aurochs-demo. */
    static DemoLine run(Path folder, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> all = new ArrayList<>(List.of("--folder", folder.toString(), "--pace", "20"));
        all.addAll(List.of(arguments));
        int code = new CommandLine(new DemoCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
        return new DemoLine(code, out.toString(), err.toString());
    }

    /** All files below a folder by their relative names, with their sizes; empty when there is no such folder. */
    static TreeMap<String, Long> files(Path folder) throws IOException {
        TreeMap<String, Long> files = new TreeMap<>();
        if (!Files.exists(folder)) return files;
        try (var found = Files.walk(folder)) {
            for (Path file : found.filter(Files::isRegularFile).toList())
                files.put(folder.relativize(file).toString(), Files.size(file));
        }
        return files;
    }
}
