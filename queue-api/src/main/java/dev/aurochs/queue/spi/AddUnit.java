package dev.aurochs.queue.spi;

import dev.aurochs.queue.job.NewJob;
import java.util.List;

/** The atomic group of an add: one job, a tree (parents first), or jobs that stand or fall together. */
public record AddUnit(List<NewJob> members) {
    public AddUnit {
        members = List.copyOf(members);
    }

    public static AddUnit of(NewJob job) {
        return new AddUnit(List.of(job));
    }
}
