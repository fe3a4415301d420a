package dev.aurochs.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.spi.BackendAddress;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.QueueBackend;
import dev.aurochs.queue.spi.QueueBackendProvider;
import dev.aurochs.queue.spi.Traits.AckLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rocksdb.util.Environment;

/** From an address to an open backend. */
class SettingsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "rocksdb:data, ALWAYS",
        "rocksdb:data?durability=always, ALWAYS",
        "rocksdb:data?durability=everysec, EVERYSEC",
        "rocksdb:data?durability=os, OS"
    })
    void durability_is_always_unless_said_otherwise(String address, Durability durability) {
        RocksDbSettings settings = RocksDbSettings.of(BackendAddress.parse(address));
        assertThat(settings).isEqualTo(new RocksDbSettings(Path.of("data"), durability));
        assertThat(settings.folder()).isAbsolute();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sometimes", "", "ALWAYS", "fsync"})
    void another_durability_is_refused_by_name(String value) {
        assertThatThrownBy(() -> RocksDbSettings.of(BackendAddress.parse("rocksdb:data?durability=" + value)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("durability '" + value + "': must be always, everysec or os");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rocksdb:", "rocksdb:?durability=os", "rocksdb:%20"})
    void an_address_needs_a_folder(String address) {
        assertThatThrownBy(() -> RocksDbSettings.of(BackendAddress.parse(address)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("an address names a folder, such as rocksdb:./aurochs-data");
    }

    @Test
    void the_provider_is_found_and_says_what_it_opens() {
        QueueBackendProvider provider = ServiceLoader.load(QueueBackendProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(it -> it.schemes().contains("rocksdb"))
                .findFirst()
                .orElseThrow();
        assertThat(provider.settings()).containsOnlyKeys("durability");
        try (QueueBackend backend = provider.open(BackendAddress.parse("rocksdb:" + folder + "?durability=everysec"))) {
            assertThat(backend.info().address()).isEqualTo("rocksdb:" + folder + "?durability=everysec");
            assertThat(backend.info().capabilities()).contains(Capability.REOPENS, Capability.EVENT_REPLAY);
            assertThat(backend.info().traits().addAck()).isEqualTo(AckLevel.OPERATING_SYSTEM);
            assertThat(backend.info().threads()).containsExactly("aurochs-rocksdb-flusher");
        }
    }

    @Test
    void the_native_library_is_unpacked_once() throws IOException {
        NativeLibrary.unpack(folder);
        Path library = folder.resolve(Environment.getJniLibraryFileName("rocksdbjni"));
        var written = Files.getLastModifiedTime(library);
        NativeLibrary.unpack(folder);
        assertThat(folder.toFile().list()).containsExactly(library.getFileName().toString());
        assertThat(Files.getLastModifiedTime(library)).isEqualTo(written);
        assertThat(NativeLibrary.cacheFolder().getFileName()).hasToString("rocksdbjni-11.8.1");
    }

    @Test
    void a_library_that_was_cut_off_is_unpacked_again() throws IOException {
        Path library = folder.resolve(Environment.getJniLibraryFileName("rocksdbjni"));
        Files.writeString(library, "half");
        NativeLibrary.unpack(folder);
        assertThat(Files.size(library)).isGreaterThan(1_000_000);
    }
}
