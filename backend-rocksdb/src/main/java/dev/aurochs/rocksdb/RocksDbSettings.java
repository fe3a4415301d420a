package dev.aurochs.rocksdb;

import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.spi.BackendAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Where a store lies and how safe an acknowledged change is. All else is decided, not set.
 *
 * @param folder made when it is not there
 */
public record RocksDbSettings(Path folder, Durability durability) {
    static final String SCHEME = "rocksdb";
    static final String DURABILITY = "durability";

    public RocksDbSettings {
        InvalidInputException.present(folder, "rocksdb folder");
        InvalidInputException.present(durability, DURABILITY);
        folder = folder.toAbsolutePath().normalize();
    }

    /** Reads {@code rocksdb:PATH?durability=always|everysec|os}; {@code always} unless said otherwise. */
    public static RocksDbSettings of(BackendAddress address) {
        return new RocksDbSettings(
                folder(address.rest()),
                address.setting(DURABILITY).map(RocksDbSettings::durability).orElse(Durability.ALWAYS));
    }

    private static Path folder(String path) {
        InvalidInputException.unless(
                !path.isBlank(), "rocksdb folder", path, "an address names a folder, such as rocksdb:./aurochs-data");
        try {
            return Path.of(path);
        } catch (InvalidPathException noPath) {
            throw new InvalidInputException(
                    "rocksdb folder", path, "is no path on this system: " + noPath.getReason(), noPath);
        }
    }

    private static Durability durability(String label) {
        return Durability.named(label)
                .orElseThrow(() -> new InvalidInputException(DURABILITY, label, "must be always, everysec or os"));
    }
}
