package dev.aurochs.cli;

import dev.aurochs.cli.demo.DemoCommand;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command line itself: what it is for, and its commands. */
@Command(
        name = "aurochs",
        header = "Job queues from the command line: add jobs, run commands for them, look at them, steer them.%n",
        synopsisHeading = "",
        customSynopsis = "Usage: aurochs COMMAND [ARGUMENTS] [OPTIONS]",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        versionProvider = Version.class,
        subcommands = {
            DemoCommand.class,
            AddCommand.class,
            FlowCommand.class,
            WorkCommand.class,
            CountsCommand.class,
            JobsCommand.class,
            JobCommand.class,
            QueuesCommand.class,
            EventsCommand.class,
            ScheduleCommand.class,
            SchedulesCommand.class,
            UnscheduleCommand.class,
            RetryCommand.class,
            PromoteCommand.class,
            RemoveCommand.class,
            PauseCommand.class,
            ResumeCommand.class,
            DrainCommand.class,
            CleanCommand.class,
            ObliterateCommand.class,
            DoctorCommand.class
        },
        footerHeading = "%nThe first steps:%n",
        footer = {
            "  aurochs add mail welcome '{\"to\":\"ada@example.org\"}' --attempts 3 --backoff exponential:1s",
            "  aurochs work mail --exec 'cat' --until-empty",
            "  aurochs jobs mail completed",
            "",
            "All commands take --backend URI (default: AUROCHS_BACKEND, else " + BackendOption.DEFAULT + ").",
            "Options stand anywhere; -- ends them. Durations: 0, 250ms, 5s, 10m, 2h, 7d.",
            "Exit codes: 0 done, 1 failed, 2 wrong usage, 130 and 143 ended by a signal."
        })
final class AurochsCommand implements Callable<Integer> {
    private final Surroundings world;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help; 'aurochs COMMAND --help' says more.")
    private boolean help;

    @Option(names = "--version", versionHelp = true, description = "Show the version.")
    private boolean version;

    AurochsCommand(Surroundings world) {
        this.world = world;
    }

    Surroundings world() {
        return world;
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(world.err());
        return Exit.USAGE;
    }
}
