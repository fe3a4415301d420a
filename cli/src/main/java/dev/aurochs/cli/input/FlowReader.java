package dev.aurochs.cli.input;

import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.QueueName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Flow files in BullMQ's shape: {@code {name, queueName, data, opts, children}}, children alike, up to 500
 * generations.
 */
public final class FlowReader {
    private static final List<String> KEYS = List.of("name", "queueName", "data", "opts", "children");

    private static final int MOST_GENERATIONS = 500;

    private final JsonSource source;

    private FlowReader(JsonSource source) {
        this.source = source;
    }

    /** A job of a tree with the jobs it waits for. */
    public record FlowJob(QueueName queue, String name, Json data, JobOptions options, List<FlowJob> children) {
        /** How many jobs the tree has. */
        public int size() {
            int size = 1;
            for (FlowJob child : children) size += child.size();
            return size;
        }
    }

    /** The tree of a flow file; unknown keys are refused with their path, such as {@code children[2].opts.prio}. */
    public static FlowJob read(String label, String text) {
        try (JsonSource source = new JsonSource(label, 1, text)) {
            source.begin();
            return DeepStack.call(() -> {
                FlowJob root = new FlowReader(source).node("", 1);
                source.end();
                return root;
            });
        }
    }

    private FlowJob node(String path, int generation) {
        if (generation > MOST_GENERATIONS)
            throw source.refused("a flow has at most " + MOST_GENERATIONS + " generations");
        Node node = new Node(path, generation);
        source.object(path, KEYS, node::field);
        return node.finish();
    }

    private final class Node {
        private final String path;
        private final int generation;
        private @Nullable String name;
        private @Nullable QueueName queue;
        private Json data = Json.EMPTY_OBJECT;
        private OptionsReader options;
        private final List<FlowJob> children = new ArrayList<>();

        Node(String path, int generation) {
            this.path = path;
            this.generation = generation;
            this.options = new OptionsReader(source, at("opts"), JobOptions.defaults());
        }

        void field(String key) {
            switch (key) {
                case "name" -> name = Names.job(source, at(key));
                case "queueName" -> queue = Names.queue(source, at(key));
                case "data" -> data = source.raw();
                case "opts" -> options.read();
                default -> source.array(at(key), this::child);
            }
        }

        private void child() {
            children.add(node(at("children") + "[" + children.size() + "]", generation + 1));
        }

        FlowJob finish() {
            if (name == null) throw source.refused("'" + at("name") + "' is missing");
            if (queue == null) throw source.refused("'" + at("queueName") + "' is missing");
            return new FlowJob(queue, name, data, options.optionsFor(data), List.copyOf(children));
        }

        private String at(String key) {
            return path.isEmpty() ? key : path + "." + key;
        }
    }
}
