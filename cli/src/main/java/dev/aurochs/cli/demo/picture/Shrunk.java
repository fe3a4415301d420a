package dev.aurochs.cli.demo.picture;

/**
 * A picture made smaller.
 *
 * @param extension {@code jpg} or {@code png} when it was encoded anew; empty when the original's own bytes were
 *     smaller
 *     and stay
 */
public record Shrunk(byte[] bytes, String extension, int width, int height) {
    public boolean isOriginal() {
        return extension.isEmpty();
    }
}
