package dev.aurochs.queue.internal;

import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.NewJob;
import dev.aurochs.queue.spi.AddUnit;
import java.util.ArrayList;
import java.util.List;

/** A tree on its way to become a unit: parents first, each checked (rule F1). */
public final class FlowPlan {
    private final Intake intake;
    private final int mostNodes;
    private final List<NewJob> members = new ArrayList<>();

    public FlowPlan(Intake intake, int mostNodes) {
        this.intake = intake;
        this.mostNodes = mostNodes;
    }

    /** Throws when the flow has as many nodes as it may. */
    public void requireRoom() {
        InvalidInputException.unless(
                members.size() < mostNodes,
                "flow",
                "more than " + mostNodes + " nodes",
                "a flow has at most " + mostNodes + " nodes");
    }

    /** Takes a node whose parent was taken before. */
    public void take(NewJob job) {
        intake.check(job);
        members.add(job);
    }

    public AddUnit unit() {
        return new AddUnit(members);
    }
}
