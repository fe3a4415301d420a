package dev.aurochs.queue;

import java.util.List;

/** A flow that was added: its root, and the flows below it in the order they were given. */
public record AddedFlow(Job job, List<AddedFlow> children) {
    public AddedFlow {
        children = List.copyOf(children);
    }
}
