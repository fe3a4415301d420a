package dev.aurochs.cli.doctor;

import dev.aurochs.queue.spi.Flaw;
import dev.aurochs.queue.spi.QueueBackend;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Does what a store keeps twice agree?
 *
 * @param repair true to put right what can be
 */
public record Soundness(boolean repair, InstantSource clock) {
    private static final String CHECK = "jobs";
    private static final int SHOWN = 100;

    /** One finding a flaw, at most 100 of them; a single good one when there is none. */
    List<Finding> look(QueueBackend backend) {
        List<Finding> findings = new ArrayList<>();
        long[] more = {0};
        backend.selfCheck()
                .ifPresent(check -> check.check(repair, clock.instant(), flaw -> {
                    if (findings.size() < SHOWN) findings.add(finding(flaw));
                    else more[0]++;
                }));
        if (findings.isEmpty() && backend.selfCheck().isPresent())
            findings.add(Finding.ok(CHECK, "counts, lines and families agree with the jobs"));
        if (more[0] > 0) findings.add(Finding.warn(CHECK, "and " + more[0] + " flaws more", "see to these first"));
        return findings;
    }

    private static Finding finding(Flaw flaw) {
        String what = flaw.job()
                .map(id -> "job " + flaw.queue().orElseThrow() + ":" + id + " ")
                .or(() -> flaw.queue().map(queue -> "queue " + queue + " "))
                .orElse("");
        String found = what + flaw.problem();
        return switch (flaw.cure()) {
            case REPAIRED -> Finding.ok(CHECK, "repaired: " + found);
            case REPAIR ->
                Finding.warn(CHECK, found, "run 'doctor --repair'; a copy of the folder before that does no harm");
            case NONE -> Finding.warn(CHECK, found, "add the job again if it is missed, or restore a backup");
        };
    }
}
