package dev.aurochs.cli.work;

/** A command's failed attempt; its message is the reason people read, and there is no Java stack to tell. */
final class CommandFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    CommandFailedException(String reason) {
        super(reason, null, false, false);
    }
}
