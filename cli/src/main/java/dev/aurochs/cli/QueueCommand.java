package dev.aurochs.cli;

import dev.aurochs.cli.output.Table;
import dev.aurochs.queue.Queues;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** What all commands on a store have in common. */
abstract class QueueCommand implements Callable<Integer> {
    @ParentCommand
    private AurochsCommand root;

    @Mixin
    private BackendOption backend;

    @Option(names = ErrorPrinter.STACKTRACE, order = 92, description = "Show where in the program an error came from.")
    private boolean stacktrace;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            order = 93,
            description = "Show this help.")
    private boolean help;

    /** Something to do on an open store. */
    @FunctionalInterface
    interface Task {
        int on(Queues queues) throws Exception;
    }

    Surroundings world() {
        return root.world();
    }

    /** Where the jobs are; may hold a password. */
    String address() {
        return backend.address(world().environment());
    }

    /** Opens the store, does the task and closes the store. */
    int withQueues(Task task) throws Exception {
        try (Queues queues = Queues.open(address())) {
            return task.on(queues);
        }
    }

    /** Prints what was asked for. */
    void print(String line) {
        world().out().println(line);
    }

    void print(Table table) {
        table.lines().forEach(this::print);
    }

    /** Tells a person something beside what was asked for. */
    void tell(String line) {
        world().err().println(line);
    }

    ErrorPrinter errors() {
        return stacktrace ? new ErrorPrinter(world().err(), ErrorPrinter.STACKTRACE) : new ErrorPrinter(world().err());
    }
}
