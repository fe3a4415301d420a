package dev.aurochs.cli;

import dev.aurochs.cli.input.UsageException;
import dev.aurochs.cli.output.Texts;
import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.QueueException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns every error into one line that says what, which value, which rule and what to do; never with a password. */
final class ErrorPrinter {
    static final String STACKTRACE = "--stacktrace";
    private static final Pattern PASSWORD = Pattern.compile("(//[^:/@\\s']*):[^\\s']*@");

    private final PrintStream err;
    private final boolean stacktrace;

    ErrorPrinter(PrintStream err, String... arguments) {
        this.err = err;
        this.stacktrace = Arrays.asList(arguments).contains(STACKTRACE);
    }

    /** For what picocli could not read. */
    int usage(ParameterException problem) {
        print(problem, worded(problem));
        if (problem instanceof UnmatchedArgumentException unmatched) suggest(unmatched);
        return hint(problem.getCommandLine());
    }

    private static String worded(ParameterException problem) {
        boolean noCommand = problem instanceof UnmatchedArgumentException unmatched
                && problem.getCommandLine().getParent() == null
                && !unmatched.isUnknownOption();
        return noCommand
                ? "there is no command '"
                        + ((UnmatchedArgumentException) problem).getUnmatched().get(0) + "'"
                : problem.getMessage();
    }

    /** For what a command threw. */
    int failure(Exception problem, CommandLine command) {
        if (problem instanceof ParameterException unreadable) return usage(unreadable);
        if (problem instanceof UsageException || problem instanceof InvalidInputException) {
            print(problem, problem.getMessage());
            return hint(command);
        }
        print(problem, problem instanceof QueueException known ? explained(known) : unexpected(problem));
        return Exit.FAILED;
    }

    /** One line for one of several things that failed while the others go on. */
    void one(QueueException problem) {
        print(problem, explained(problem));
    }

    private static String explained(QueueException problem) {
        if (problem instanceof BackendUnavailableException away && away.outcomeUnknown())
            return problem.getMessage() + " (it may have taken effect: look before you repeat it)";
        return problem.getMessage();
    }

    private static String unexpected(Exception problem) {
        if (problem instanceof java.io.IOException || problem instanceof java.io.UncheckedIOException)
            return problem.getMessage();
        return "unexpected " + problem.getClass().getSimpleName() + ": " + problem.getMessage() + " (run it again with "
                + STACKTRACE + " and report what it shows)";
    }

    private void suggest(UnmatchedArgumentException unmatched) {
        List<String> near = unmatched.getSuggestions();
        String first = unmatched.getUnmatched().isEmpty()
                ? ""
                : unmatched.getUnmatched().get(0);
        if (first.matches("-.*[0-9\"\\]}].*")) err.println("A value that begins with '-' goes behind '--'.");
        else if (!near.isEmpty())
            err.println("Did you mean: " + String.join(", ", near.subList(0, Math.min(3, near.size()))) + "?");
    }

    private int hint(CommandLine command) {
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return Exit.USAGE;
    }

    private void print(Exception problem, String message) {
        err.println("aurochs: " + masked(Texts.lines(String.valueOf(message))));
        if (stacktrace) problem.printStackTrace(err);
    }

    static String masked(String text) {
        return PASSWORD.matcher(text).replaceAll("$1:***@");
    }
}
