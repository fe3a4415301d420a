package dev.aurochs.queue;

import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.QueueName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job of a flow and the children it waits for; a tree of any depth over any queues. Immutable.
 *
 * <p>What a child's final failure means for its parent is the child's {@code childFailurePolicy}.
 */
public record FlowNode(
        QueueName queue, String name, @Nullable Object payload, JobOptions options, List<FlowNode> children) {
    public FlowNode {
        children = List.copyOf(children);
    }

    public static FlowNode of(String queue, String name) {
        return of(queue, name, Json.EMPTY_OBJECT);
    }

    public static FlowNode of(String queue, String name, @Nullable Object payload) {
        return new FlowNode(QueueName.of(queue), name, payload, JobOptions.defaults(), List.of());
    }

    public FlowNode withOptions(JobOptions options) {
        return new FlowNode(queue, name, payload, options, children);
    }

    /** This node with more children, behind those it has. */
    public FlowNode withChildren(FlowNode... more) {
        List<FlowNode> all = new ArrayList<>(children);
        all.addAll(List.of(more));
        return new FlowNode(queue, name, payload, options, all);
    }
}
