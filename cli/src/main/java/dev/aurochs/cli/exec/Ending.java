package dev.aurochs.cli.exec;

/**
 * How a command ended.
 *
 * @param status its exit status; 128 + n when signal n ended it
 * @param output its standard output without line breaks at the end
 * @param overflowed true when it wrote more than a result may have
 * @param errors the last of its standard error; may be empty
 */
public record Ending(int status, String output, boolean overflowed, String errors) {
    /** The exit status that means: do not try again. */
    public static final int FAILED_FOR_GOOD = 100;

    private static final int SIGNALLED = 128;

    public boolean succeeded() {
        return status == 0;
    }

    public boolean failedForGood() {
        return status == FAILED_FOR_GOOD;
    }

    /** Why it failed: what it said last on standard error, else its exit status or the signal that ended it. */
    public String reason() {
        if (!errors.isBlank()) return errors;
        return signal(status - SIGNALLED)
                .map(name -> "killed by signal " + name)
                .orElse("exit status " + status);
    }

    private static java.util.Optional<String> signal(int number) {
        String name = switch (number) {
            case 1 -> "SIGHUP";
            case 2 -> "SIGINT";
            case 3 -> "SIGQUIT";
            case 4 -> "SIGILL";
            case 5 -> "SIGTRAP";
            case 6 -> "SIGABRT";
            case 8 -> "SIGFPE";
            case 9 -> "SIGKILL";
            case 11 -> "SIGSEGV";
            case 13 -> "SIGPIPE";
            case 14 -> "SIGALRM";
            case 15 -> "SIGTERM";
            default -> null;
        };
        return java.util.Optional.ofNullable(name);
    }
}
