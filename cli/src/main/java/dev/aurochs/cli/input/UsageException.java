package dev.aurochs.cli.input;

/** What was typed, or a file that was named, breaks a rule. Nothing has been done. Ends the program with 2. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }
}
