package dev.aurochs.cli;

import dev.aurochs.cli.input.ArgumentOrder;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** Where {@code ./aurochs} begins. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(Surroundings.ofProcess(), arguments));
    }

    /** Runs one command; answers the exit code of the contract: 0, 1, 2, or 130/143 after a signal. */
    static int run(Surroundings world, String... arguments) {
        CommandLine line = new CommandLine(new AurochsCommand(world));
        ErrorPrinter errors = new ErrorPrinter(world.err(), arguments);
        line.setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(false)
                .setUsageHelpWidth(110)
                .setUsageHelpLongOptionsMaxWidth(34)
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        world.colours() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
                .setOut(new PrintWriter(world.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(world.err(), true, StandardCharsets.UTF_8))
                .setParameterExceptionHandler((problem, given) -> errors.usage(problem))
                .setExecutionExceptionHandler((problem, command, parsed) -> errors.failure(problem, command));
        int code = line.execute(ArgumentOrder.commandFirst(line, arguments));
        world.out().flush();
        return code;
    }
}
