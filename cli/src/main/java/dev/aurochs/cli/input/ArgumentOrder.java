package dev.aurochs.cli.input;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Lets options stand anywhere, also before the command: moves the command's name to the front. */
public final class ArgumentOrder {
    private ArgumentOrder() {}

    /** The arguments with the command first; unchanged when they name none. */
    public static String[] commandFirst(CommandLine line, String... arguments) {
        Set<String> taking = optionsWithValue(line);
        List<String> ordered = new ArrayList<>(Arrays.asList(arguments));
        for (int i = 0; i < ordered.size(); i++) {
            String argument = ordered.get(i);
            boolean ends = argument.equals("--");
            if (taking.contains(argument)) i++;
            else if (ends || !argument.startsWith("-")) {
                int command = ends ? i + 1 : i;
                if (command < ordered.size()) ordered.add(0, ordered.remove(command));
                break;
            }
        }
        return ordered.toArray(String[]::new);
    }

    /** The names of all options, of any command, that are followed by a value. */
    static Set<String> optionsWithValue(CommandLine line) {
        Set<String> names = new HashSet<>();
        for (CommandLine command : line.getSubcommands().values())
            for (OptionSpec option : command.getCommandSpec().options())
                if (option.arity().max() > 0) names.addAll(Arrays.asList(option.names()));
        return names;
    }
}
