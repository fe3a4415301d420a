package dev.aurochs.rabbitmq;

import dev.aurochs.queue.FlowNode;
import dev.aurochs.queue.JobContext;
import dev.aurochs.queue.RunResult;
import dev.aurochs.queue.job.Backoff;
import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.ChildFailurePolicy;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.Retention;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Flows over two queues whose parents know what they must see when they run. A job's name is KIND/FLOW/ROLE; each
 * completes with its role.
 */
final class FlowStories {
    static final String UP = "up";
    static final String DOWN = "down";

    /** One tree of each is a round. */
    enum Kind {
        /** Three levels; one leaf is retried, one is delayed. */
        NESTED,
        IGNORE,
        CONTINUE,
        /** A leaf fails its parent, which its own parent ignores. */
        FAIL,
        REMOVE,
        /** The root gives itself two children while it runs. */
        DYNAMIC
    }

    private static final String BAD = "bad";

    private FlowStories() {}

    static FlowNode tree(Kind kind, String flow) {
        String head = kind + "/" + flow + "/";
        FlowNode root = FlowNode.of(UP, head + "root");
        return switch (kind) {
            case NESTED ->
                root.withChildren(
                        FlowNode.of(DOWN, head + "m1")
                                .withChildren(
                                        FlowNode.of(UP, head + "l1"),
                                        FlowNode.of(DOWN, head + "flaky")
                                                .withOptions(JobOptions.builder()
                                                        .attempts(50)
                                                        .backoff(Backoff.fixed(Duration.ofMillis(20)))
                                                        .build())),
                        FlowNode.of(DOWN, head + "m2")
                                .withChildren(FlowNode.of(UP, head + "late")
                                        .withOptions(JobOptions.builder()
                                                .delay(Duration.ofMillis(50))
                                                .build())),
                        FlowNode.of(DOWN, head + "l3"));
            case IGNORE -> root.withChildren(bad(head, ChildFailurePolicy.IGNORE), FlowNode.of(DOWN, head + "good"));
            case CONTINUE ->
                root.withChildren(
                        bad(head, ChildFailurePolicy.CONTINUE_PARENT), late(FlowNode.of(DOWN, head + "good")));
            case FAIL ->
                root.withChildren(FlowNode.of(UP, head + "failing")
                        .withOptions(JobOptions.builder()
                                .childFailurePolicy(ChildFailurePolicy.IGNORE)
                                .keepFailed(Retention.none())
                                .build())
                        .withChildren(bad(head, ChildFailurePolicy.FAIL_PARENT), FlowNode.of(DOWN, head + "good")));
            case REMOVE ->
                root.withChildren(bad(head, ChildFailurePolicy.REMOVE_DEPENDENCY), FlowNode.of(DOWN, head + "good"));
            case DYNAMIC -> root;
        };
    }

    private static FlowNode bad(String head, ChildFailurePolicy policy) {
        return FlowNode.of(DOWN, head + BAD)
                .withOptions(JobOptions.builder()
                        .childFailurePolicy(policy)
                        .keepFailed(Retention.none())
                        .build());
    }

    /** So late that its parent is waiting, or was released without it, by then. */
    private static FlowNode late(FlowNode node) {
        return node.withOptions(
                JobOptions.builder().delay(Duration.ofMillis(300)).build());
    }

    /** The roles that must end, once at least. */
    static Set<String> roles(Kind kind) {
        return switch (kind) {
            case NESTED -> Set.of("root", "m1", "m2", "l1", "l3", "flaky", "late");
            case IGNORE, CONTINUE, FAIL, REMOVE -> Set.of("root", BAD, "good");
            case DYNAMIC -> Set.of("root", "d1", "d2");
        };
    }

    /**
     * @param says gets "end JOB" of each that ends, and "early", the job and what it saw of a parent that saw too
     *     little
     */
    static @Nullable Object run(JobContext job, Consumer<String> says) {
        String[] name = job.name().split("/");
        Kind kind = Kind.valueOf(name[0]);
        String role = name[2];
        if (role.equals("flaky") && job.attempt() == 1) throw new IllegalStateException("at first");
        List<Child> children = job.children();
        if (kind == Kind.DYNAMIC && role.equals("root") && children.isEmpty()) {
            String head = kind + "/" + name[1] + "/";
            job.addChildren(List.of(FlowNode.of(DOWN, head + "d1"), late(FlowNode.of(UP, head + "d2"))));
            return RunResult.waitForChildren();
        }
        boolean pending = children.stream().anyMatch(child -> child.status() == Child.Status.PENDING);
        boolean mayBePending = kind == Kind.CONTINUE || kind == Kind.DYNAMIC;
        if (pending && mayBePending) return RunResult.waitForChildren();
        List<String> seen = seen(children);
        if (!seen.equals(expected(kind, role)) && !isMore(kind, role, seen))
            says.accept("early " + job.name() + " " + seen);
        says.accept("end " + job.name());
        return role.equals(BAD) ? RunResult.fail("bad luck") : role;
    }

    private static List<String> seen(List<Child> children) {
        return children.stream()
                .map(child -> child.status() == Child.Status.COMPLETED
                        ? String.valueOf(child.result()).replace("\"", "")
                        : child.status() + " " + child.failure())
                .sorted()
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static List<String> expected(Kind kind, String role) {
        if (role.equals("m1")) return List.of("flaky", "l1");
        if (role.equals("m2")) return List.of("late");
        if (!role.equals("root")) return List.of();
        return switch (kind) {
            case NESTED -> List.of("l3", "m1", "m2");
            case IGNORE, CONTINUE -> List.of("IGNORED bad luck", "good");
            case REMOVE -> List.of("good");
            case FAIL -> List.of("IGNORED child down");
            case DYNAMIC -> List.of("d1", "d2");
        };
    }

    /** Repeated runs may have given themselves children twice; a failure names an id that nobody knows beforehand. */
    private static boolean isMore(Kind kind, String role, List<String> seen) {
        if (!role.equals("root")) return false;
        if (kind == Kind.DYNAMIC) return new TreeSet<>(seen).equals(Set.of("d1", "d2"));
        return kind == Kind.FAIL
                && seen.size() == 1
                && seen.get(0).startsWith("IGNORED child down:")
                && seen.get(0).endsWith(" failed: bad luck");
    }
}
