package dev.aurochs.cli;

import dev.aurochs.cli.doctor.Checkup;
import dev.aurochs.cli.doctor.Finding;
import dev.aurochs.cli.doctor.Soundness;
import dev.aurochs.cli.output.Document;
import dev.aurochs.cli.output.Table;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code doctor}: can it work here, and what should be put right. */
@Command(
        name = "doctor",
        header = "Check Java, the backend, and settings that lose data; say what to do.",
        customSynopsis = "aurochs doctor [OPTIONS]",
        sortOptions = false,
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nChecks:%n",
        footer = {
            "  java        is it new enough",
            "  shell       is there an 'sh' for 'work --exec', and a 'setsid' to end what commands started",
            "  backend     does the store open and answer; who owns it if not",
            "  store       is it there yet, if it is a folder",
            "  durability  may an added job be lost when the machine fails; of a server: what does it keep on disk",
            "  server      of a server: is its version new enough, does it take writes",
            "  memory      of a server: what does it do when its memory is full",
            "  latency     of a server: how long does an answer take",
            "  clock       of a server: does it agree with the clock here",
            "  database    of a server: which queues are in it, of other programs too",
            "  queue NAME  are very many failed jobs kept",
            "  jobs        do counts, lines and families agree with the jobs; can all of these be read",
            "  disk        is there room, may it be written",
            "",
            "--json prints [{\"check\", \"status\": ok | warn | fail, \"found\", \"do\"}, …]; do is null when all is well.",
            "Exits with 0 if it can work, warnings included, and with 1 if it cannot. Changes nothing,",
            "unless with --repair."
        })
final class DoctorCommand extends QueueCommand {
    @Mixin
    private JsonOption output;

    @Option(
            names = "--repair",
            description = {
                "Count again what is counted wrong, put jobs back into their line,",
                "and set aside what cannot be read."
            })
    private boolean repair;

    @Override
    public Integer call() {
        List<Finding> findings = new Checkup(
                        address(), world().environment(), Stores::open, new Soundness(repair, world().clock()))
                .run().stream().map(DoctorCommand::masked).toList();
        if (output.isSet())
            print(Document.array(findings.stream().map(Finding::document).toList()));
        else show(findings);
        return findings.stream().anyMatch(finding -> finding.level() == Finding.Level.FAIL) ? Exit.FAILED : Exit.DONE;
    }

    private static Finding masked(Finding finding) {
        return new Finding(finding.check(), finding.level(), ErrorPrinter.masked(finding.found()), finding.remedy());
    }

    private void show(List<Finding> findings) {
        Table table = Table.plain();
        for (Finding finding : findings) {
            table.row(finding.label(), finding.check(), finding.found());
            if (finding.remedy() != null) table.row("", "", "→ " + finding.remedy());
        }
        print(table);
    }
}
