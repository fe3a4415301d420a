package dev.aurochs.queue.spi;

import dev.aurochs.queue.job.Deduplication;
import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.NewJob;
import java.util.List;
import java.util.Optional;

/** The atomic group of an add: one job, a tree (parents first), or jobs that stand or fall together. */
public record AddUnit(List<NewJob> members) {
    public AddUnit {
        members = List.copyOf(members);
        if (members.size() > 1) members.forEach(AddUnit::checkTogether);
    }

    /** Rule A19: who is there when the unit is judged is there when it is stored. */
    private static void checkTogether(NewJob job) {
        Optional<Deduplication> deduplication = job.options().deduplication();
        InvalidInputException.unless(
                deduplication.isEmpty()
                        || !deduplication.get().replace()
                                && !deduplication.get().keepLast(),
                "deduplication",
                job.name(),
                "replace and keepLast are for jobs that are added alone, not in a flow");
    }

    public static AddUnit of(NewJob job) {
        return new AddUnit(List.of(job));
    }
}
