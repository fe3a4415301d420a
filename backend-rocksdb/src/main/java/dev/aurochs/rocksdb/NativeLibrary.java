package dev.aurochs.rocksdb;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads RocksDB's native library from a cache folder, where it is unpacked once per version:
 * {@code $XDG_CACHE_HOME/aurochs/rocksdbjni-VERSION}, or the same under {@code ~/.cache}.
 *
 * <p>Left to itself RocksDB unpacks 17 MB into a new temporary file at each start, and a killed process leaves it
 * behind.
 * That is still what happens when the cache folder cannot be used.
 */
final class NativeLibrary {
    private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);

    private NativeLibrary() {}

    /** Idempotent. */
    static void load() {
        Path folder = cacheFolder();
        try {
            unpack(folder);
            RocksDB.loadLibrary(List.of(folder.toString()));
        } catch (IOException | UnsatisfiedLinkError unusable) {
            LOG.warn(
                    "cannot keep RocksDB's native library in {}; it is unpacked anew at each start: {}",
                    folder,
                    unusable.toString());
            RocksDB.loadLibrary();
        }
    }

    static Path cacheFolder() {
        String cache = System.getenv("XDG_CACHE_HOME");
        Path root = cache == null || cache.isBlank()
                ? Path.of(System.getProperty("user.home", "."), ".cache")
                : Path.of(cache);
        return root.resolve("aurochs").resolve("rocksdbjni-" + version()).toAbsolutePath();
    }

    /**
     * Puts the library of this system into the folder, unless it is there; another process may do the same meanwhile.
     */
    static void unpack(Path folder) throws IOException {
        URL packed = packed();
        Path library = folder.resolve(Environment.getJniLibraryFileName("rocksdbjni"));
        if (Files.exists(library)
                && Files.size(library) == packed.openConnection().getContentLengthLong()) return;
        Files.createDirectories(folder);
        Path aside = Files.createTempFile(folder, "unpacking", ".tmp");
        try (InputStream in = packed.openStream()) {
            Files.copy(in, aside, StandardCopyOption.REPLACE_EXISTING);
            Files.move(aside, library, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    private static URL packed() throws IOException {
        URL packed = resource(Environment.getJniLibraryFileName("rocksdb"));
        String other = Environment.getFallbackJniLibraryFileName("rocksdb");
        if (packed == null && other != null) packed = resource(other);
        if (packed == null) throw new IOException("rocksdbjni has no library for this system");
        return packed;
    }

    private static @Nullable URL resource(String name) {
        return RocksDB.class.getClassLoader().getResource(name);
    }

    private static String version() {
        Properties build = new Properties();
        try (InputStream in = NativeLibrary.class.getResourceAsStream("build.properties")) {
            if (in != null) build.load(in);
        } catch (IOException unreadable) {
            LOG.debug("no build.properties", unreadable);
        }
        return build.getProperty("rocksdbjni", "unknown");
    }
}
