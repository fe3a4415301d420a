package dev.aurochs.rabbitmq.flow;

import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.rabbitmq.message.Family;
import dev.aurochs.rabbitmq.message.LedgerEntry;
import dev.aurochs.rabbitmq.message.LedgerEntry.Joined;
import dev.aurochs.rabbitmq.message.LedgerEntry.Result;
import dev.aurochs.rabbitmq.message.LedgerEntry.Root;
import dev.aurochs.rabbitmq.message.LedgerEntry.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the entries of a ledger say together. Repeated entries count once. */
final class LedgerState {
    private final Map<JobRef, Child> before = new LinkedHashMap<>();
    private final Map<JobRef, Result> results = new HashMap<>();
    private @Nullable Root root;
    private long excess;

    static LedgerState of(List<LedgerEntry> entries) {
        LedgerState state = new LedgerState();
        for (LedgerEntry entry : entries) if (entry instanceof Root root) state.learn(root);
        for (LedgerEntry entry : entries) {
            if (entry instanceof Joined joined)
                for (JobRef child : joined.children()) state.before.putIfAbsent(child, pending(child));
            if (entry instanceof Result result) state.results.merge(result.child(), result, LedgerState::better);
        }
        return state;
    }

    /** So much that results were left out of it; 0 when none were. */
    LedgerState withExcess(long bytes) {
        excess = bytes;
        return this;
    }

    long excess() {
        return excess;
    }

    /** What the parent's own message knows. */
    LedgerState with(List<Child> known) {
        learn(known);
        return this;
    }

    private void learn(List<Child> known) {
        for (Child child : known)
            before.merge(child.job(), child, (one, other) -> one.status() == Child.Status.PENDING ? other : one);
    }

    private static Child pending(JobRef child) {
        return new Child(child, Child.Status.PENDING, null, null);
    }

    /** The latest counts; what any of them knows is known. */
    private void learn(Root found) {
        if (root == null || found.replaces(root)) root = found;
        learn(Family.of(found.parent()).children());
    }

    private static Result better(Result one, Result other) {
        return one.verdict() == Verdict.COMPLETED ? one : other;
    }

    boolean hasRoot() {
        return root != null;
    }

    /**
     * True when this message of the parent was sent when all was known that is here. Then the ledger was deleted, and
     * is there again, with all or some of its entries, because the broker was killed.
     */
    boolean isOver(JobRecord message) {
        Family family = Family.of(message);
        return root != null && !family.open() && root.generation() < family.generation();
    }

    boolean isParked() {
        return root != null && root.parked();
    }

    Root root() {
        if (root == null) throw new IllegalStateException("this ledger has no parent");
        return root;
    }

    JobRecord parent() {
        return root().parent();
    }

    boolean knows(Set<JobRef> children) {
        return before.keySet().containsAll(children);
    }

    /** All that the parent can see, in the order of adding. */
    List<Child> children() {
        List<Child> children = new ArrayList<>();
        before.forEach((ref, child) -> {
            Result result = results.get(ref);
            boolean news = result != null
                    && (child.status() != Child.Status.COMPLETED && result.verdict() == Verdict.COMPLETED
                            || child.status() == Child.Status.PENDING);
            if (!news) children.add(child);
            else if (result.verdict() != Verdict.REMOVED) children.add(result.child(ref));
        });
        return children;
    }

    boolean isPending() {
        return children().stream().anyMatch(child -> child.status() == Child.Status.PENDING);
    }

    /** The children that failed their parent. */
    List<Child> failed() {
        return children().stream()
                .filter(child -> child.status() == Child.Status.FAILED)
                .toList();
    }

    /** True when a child whose end the parent does not know yet releases it, whatever the others do. */
    boolean isDecided() {
        return results.values().stream()
                .anyMatch(result -> result.verdict().decides() && isNews(before.get(result.child())));
    }

    private static boolean isNews(@Nullable Child known) {
        return known != null && known.status() == Child.Status.PENDING;
    }

    /** How many results there will be here at least, when so many children have joined and all have ended. */
    int expectedWith(int joining) {
        long pending = before.values().stream()
                .filter(child -> child.status() == Child.Status.PENDING && !results.containsKey(child.job()))
                .count();
        return (int) pending + results.size() + joining;
    }

    Optional<String> failure() {
        return failed().stream().findFirst().map(child -> "child " + child.job() + " failed: " + child.failure());
    }
}
