package dev.aurochs.interop.check;

/** Something that must not be: about which job or key, and what was found. */
public record Flaw(Invariant invariant, String subject, String found) {
    @Override
    public String toString() {
        return subject + ": " + found + " — against " + invariant;
    }
}
