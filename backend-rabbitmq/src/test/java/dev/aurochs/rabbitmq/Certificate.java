package dev.aurochs.rabbitmq;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A certificate for the host {@code localhost} that nobody trusts yet, made by the JDK's {@code keytool}. */
final class Certificate {
    /** Of the trust store. */
    static final String PASSWORD = "trustme";

    private static final String NAME = "broker";

    private final Path folder;

    private Certificate(Path folder) {
        this.folder = folder;
    }

    /** Its files are in that folder. */
    static Certificate in(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        Certificate certificate = new Certificate(folder);
        certificate.make();
        return certificate;
    }

    private void make() throws IOException, InterruptedException, GeneralSecurityException {
        Path keys = folder.resolve("keys.p12");
        keytool(
                "-genkeypair",
                "-keyalg",
                "RSA",
                "-alias",
                NAME,
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                keys.toString(),
                "-storepass",
                PASSWORD);
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        write(
                keyFile(),
                "PRIVATE KEY",
                store.getKey(NAME, PASSWORD.toCharArray()).getEncoded());
        write(file(), "CERTIFICATE", store.getCertificate(NAME).getEncoded());
        keytool(
                "-importcert",
                "-noprompt",
                "-alias",
                NAME,
                "-file",
                file().toString(),
                "-storetype",
                "PKCS12",
                "-keystore",
                trustStore().toString(),
                "-storepass",
                PASSWORD);
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0)
            throw new IllegalStateException("keytool failed: " + said);
    }

    private static void write(Path file, String kind, byte[] content) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        Files.writeString(file, "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
    }

    Path file() {
        return folder.resolve("certificate.pem");
    }

    Path keyFile() {
        return folder.resolve("key.pem");
    }

    /** For a JVM that is to trust it. */
    Path trustStore() {
        return folder.resolve("trust.p12");
    }
}
