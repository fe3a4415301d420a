package dev.aurochs.queue;

import dev.aurochs.queue.internal.FlowPlan;
import dev.aurochs.queue.internal.Intake;
import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.Lease;
import dev.aurochs.queue.job.NewJob;
import dev.aurochs.queue.job.NewJob.IdSource;
import dev.aurochs.queue.job.ParentLink;
import dev.aurochs.queue.spi.AddUnit;
import dev.aurochs.queue.spi.Added;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Trees that are added all or nothing: turned into a unit, parents first, and its answers into what callers get. */
final class FlowUnit {
    private static final int DEEPEST = 500;

    private final Context context;
    private final FlowPlan plan;
    private final Instant now;
    private final List<FlowNode> trees = new ArrayList<>();

    private FlowUnit(Context context) {
        this.context = context;
        this.plan =
                new FlowPlan(context.intake(), context.backend().info().limits().maxUnit());
        this.now = context.time().instant();
    }

    /** One tree; a refused node is named by its path from {@code path}. */
    static FlowUnit of(Context context, FlowNode root, String path) {
        FlowUnit unit = new FlowUnit(context);
        unit.trees.add(InvalidInputException.present(root, path));
        unit.plan(root, Above.NOBODY, path, 1);
        return unit;
    }

    /** Trees whose roots become children of the job that runs under {@code parent}. */
    static FlowUnit under(Context context, Lease parent, List<FlowNode> children) {
        FlowUnit unit = new FlowUnit(context);
        for (FlowNode child : children) {
            String path = "children[" + unit.trees.size() + "]";
            unit.trees.add(InvalidInputException.present(child, path));
            unit.plan(child, new Above(parent.job(), parent), path, 1);
        }
        return unit;
    }

    AddUnit unit() {
        return plan.unit();
    }

    /** What was added, in the order and shape of the trees; throws when the unit was refused. */
    List<AddedFlow> added(List<Added> answers) {
        List<NewJob> members = unit().members();
        for (int i = 0; i < answers.size(); i++) Intake.stored(members.get(i), answers.get(i));
        Iterator<NewJob> member = members.iterator();
        Iterator<Added> answer = answers.iterator();
        return trees.stream().map(tree -> added(tree, member, answer)).toList();
    }

    /** Whose child a node is, and the lease that allows it when that parent is running. */
    private record Above(@Nullable JobRef parent, @Nullable Lease lease) {
        static final Above NOBODY = new Above(null, null);
    }

    private void plan(FlowNode node, Above above, String path, int depth) {
        InvalidInputException.unless(depth <= DEEPEST, path, depth, "a flow is at most " + DEEPEST + " levels deep");
        plan.requireRoom();
        JobId own = node.options().id().orElse(null);
        JobId id = own == null ? JobId.random() : own;
        try {
            plan.take(job(node, own == null ? IdSource.GENERATED : IdSource.CUSTOM, id, above));
        } catch (InvalidInputException refused) {
            throw new InvalidInputException(path + "." + refused.field(), refused.value(), refused.rule(), refused);
        }
        Above below = new Above(new JobRef(node.queue(), id), null);
        for (int i = 0; i < node.children().size(); i++)
            plan(node.children().get(i), below, path + ".children[" + i + "]", depth + 1);
    }

    private NewJob job(FlowNode node, IdSource source, JobId id, Above above) {
        JobRef parent = above.parent();
        return new NewJob(
                node.queue(),
                source,
                id,
                node.name(),
                context.encode("payload", node.payload()),
                node.options(),
                now,
                parent == null ? null : new ParentLink(parent, node.options().childFailurePolicy()),
                above.lease(),
                !node.children().isEmpty());
    }

    private AddedFlow added(FlowNode node, Iterator<NewJob> members, Iterator<Added> answers) {
        NewJob job = members.next();
        Added answer = answers.next();
        JobId id = answer instanceof Added.Deduplicated kept ? kept.owner() : job.id();
        if (id == null) throw new AssertionError("a flow node has an id: " + job);
        Queue queue = new Queue(node.queue(), context);
        Job handle = new Job(queue, new JobRef(node.queue(), id), answer instanceof Added.Stored);
        List<AddedFlow> children = new ArrayList<>();
        for (FlowNode child : node.children()) children.add(added(child, members, answers));
        return new AddedFlow(handle, children);
    }
}
