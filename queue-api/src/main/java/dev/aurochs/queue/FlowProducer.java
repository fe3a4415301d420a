package dev.aurochs.queue;

import dev.aurochs.queue.internal.FlowPlan;
import dev.aurochs.queue.internal.Intake;
import dev.aurochs.queue.internal.Stages;
import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.NewJob;
import dev.aurochs.queue.job.NewJob.IdSource;
import dev.aurochs.queue.job.ParentLink;
import dev.aurochs.queue.spi.AddUnit;
import dev.aurochs.queue.spi.Added;
import dev.aurochs.queue.spi.Capability;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds trees of jobs, all or nothing. Made by {@link Queues#flows()}; thread-safe; needs no closing. */
public final class FlowProducer {
    private static final int DEEPEST = 500;

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
        context.backend().info().require(Capability.ATOMIC_GROUPS, "add the jobs one by one");
        FlowPlan plan =
                new FlowPlan(context.intake(), context.backend().info().limits().maxUnit());
        Instant now = context.time().instant();
        plan(plan, root, null, "flow", now, 1);
        AddUnit unit = plan.unit();
        List<Added> answers = Stages.join(context.intake().add(List.of(unit)).get(0), "the flow");
        for (int i = 0; i < answers.size(); i++) Intake.stored(unit.members().get(i), answers.get(i));
        return added(root, unit.members().iterator(), answers.iterator());
    }

    private void plan(FlowPlan plan, FlowNode node, @Nullable JobRef parent, String path, Instant now, int depth) {
        InvalidInputException.unless(depth <= DEEPEST, path, depth, "a flow is at most " + DEEPEST + " levels deep");
        plan.requireRoom();
        JobId own = node.options().id().orElse(null);
        JobId id = own == null ? JobId.random() : own;
        try {
            plan.take(new NewJob(
                    node.queue(),
                    own == null ? IdSource.GENERATED : IdSource.CUSTOM,
                    id,
                    node.name(),
                    context.encode("payload", node.payload()),
                    node.options(),
                    now,
                    parent == null
                            ? null
                            : new ParentLink(parent, node.options().childFailurePolicy()),
                    null,
                    !node.children().isEmpty()));
        } catch (InvalidInputException refused) {
            throw new InvalidInputException(path + "." + refused.field(), refused.value(), refused.rule(), refused);
        }
        JobRef ref = new JobRef(node.queue(), id);
        for (int i = 0; i < node.children().size(); i++)
            plan(plan, node.children().get(i), ref, path + ".children[" + i + "]", now, depth + 1);
    }

    private AddedFlow added(FlowNode node, Iterator<NewJob> members, Iterator<Added> answers) {
        NewJob job = members.next();
        JobId id = job.id();
        if (id == null) throw new AssertionError("a flow node has an id: " + job);
        Queue queue = new Queue(node.queue(), context);
        Job handle = new Job(queue, new JobRef(node.queue(), id), answers.next() instanceof Added.Stored);
        List<AddedFlow> children = new ArrayList<>();
        for (FlowNode child : node.children()) children.add(added(child, members, answers));
        return new AddedFlow(handle, children);
    }
}
