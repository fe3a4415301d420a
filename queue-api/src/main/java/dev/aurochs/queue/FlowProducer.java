package dev.aurochs.queue;

import dev.aurochs.queue.internal.Stages;
import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.spi.AddUnit;
import dev.aurochs.queue.spi.Added;
import dev.aurochs.queue.spi.Capability;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Adds trees of jobs, all or nothing. Made by {@link Queues#flows()}; thread-safe; needs no closing. */
public final class FlowProducer {
    private final Context context;

    FlowProducer(Context context) {
        this.context = context;
    }

    /**
     * Adds a flow: every child can be claimed at once, every parent when its children have finished as their policies
     * demand. When the root's own id is already there, nothing is stored.
     *
     * @throws InvalidInputException for anything outside the contract, naming the node; nothing has been stored then
     */
    public AddedFlow add(FlowNode root) {
        FlowUnit flow = prepared(root, "flow");
        return flow.added(Stages.join(send(flow), "the flow")).get(0);
    }

    /**
     * As {@link #add}, but nobody waits until the flow is safe: the stage tells the answer, or that the store cannot
     * give it; what hangs on it runs on no thread of the store (rule A20). The call itself may take one exchange with
     * the store, and waits up to 30 s while 10,000 jobs are unacknowledged (rule A12).
     */
    public CompletionStage<AddedFlow> addAsync(FlowNode root) {
        FlowUnit flow = prepared(root, "flow");
        return Stages.told(() -> send(flow), answers -> flow.added(answers).get(0), "the flow", context.callbacks());
    }

    /**
     * Adds many flows in few calls. All are checked before the first is stored; each is added on its own, all or
     * nothing: when one is refused by the store, this throws and the others are stored all the same.
     */
    public List<AddedFlow> addAll(List<FlowNode> roots) {
        List<FlowUnit> flows = new ArrayList<>(roots.size());
        for (FlowNode root : roots) flows.add(prepared(root, "flows[" + flows.size() + "]"));
        List<AddUnit> units = flows.stream().map(FlowUnit::unit).toList();
        List<CompletionStage<List<Added>>> answers = context.intake().add(units);
        List<AddedFlow> added = new ArrayList<>(flows.size());
        for (int i = 0; i < flows.size(); i++)
            added.addAll(flows.get(i).added(Stages.join(answers.get(i), "the flows")));
        return added;
    }

    private FlowUnit prepared(FlowNode root, String path) {
        context.backend().info().require(Capability.ATOMIC_GROUPS, "add the jobs one by one");
        return FlowUnit.of(context, root, path);
    }

    private CompletionStage<List<Added>> send(FlowUnit flow) {
        return context.intake().add(List.of(flow.unit())).get(0);
    }
}
