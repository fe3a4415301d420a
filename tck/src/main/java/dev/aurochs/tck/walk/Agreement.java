package dev.aurochs.tck.walk;

import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.spi.Changed;
import dev.aurochs.queue.spi.Claimed;
import dev.aurochs.queue.spi.Claimed.Rest;
import dev.aurochs.queue.spi.Settled;
import dev.aurochs.queue.spi.Swept;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** When a backend's answer says the same as the model's: equal, but for what the rules leave open. */
final class Agreement {
    private Agreement() {}

    static boolean agree(Object model, Object backend) {
        if (model.equals(backend)) return true;
        if (model instanceof List<?> mine && backend instanceof List<?> its) return lists(mine, its);
        if (model instanceof Claimed mine && backend instanceof Claimed its)
            return mine.jobs().equals(its.jobs()) && its.bad().isEmpty() && rests(mine.rest(), its.rest());
        if (model instanceof Swept mine && backend instanceof Swept its)
            return mine.done() == its.done() && (its.more() || !mine.more());
        if (model instanceof Settled.ChildrenFailed mine && backend instanceof Settled.ChildrenFailed its)
            return Set.copyOf(mine.which()).equals(Set.copyOf(its.which()));
        return model instanceof Changed.ActiveLeased && backend instanceof Changed.ActiveLeased;
    }

    private static boolean lists(List<?> mine, List<?> its) {
        if (mine.size() != its.size()) return false;
        boolean children = !mine.isEmpty() && mine.get(0) instanceof Child;
        if (children) return Set.copyOf(mine).equals(Set.copyOf(its));
        for (int i = 0; i < mine.size(); i++) if (!agree(mine.get(i), its.get(i))) return false;
        return true;
    }

    /** What is told may be less, never something else (rule C2). */
    private static boolean rests(Rest mine, Rest its) {
        if (its instanceof Rest.Perhaps) return true;
        if (its instanceof Rest.Nothing nothing && nothing.nextDue().isEmpty()) return mine instanceof Rest.Nothing;
        if (its instanceof Rest.Limited limited && limited.until().isEmpty()) return mine instanceof Rest.Limited;
        return mine.equals(its);
    }

    /** Queue by queue, and where one step removes many, those in the order of their ids. */
    static List<QueueEvent> ordered(List<QueueEvent> events) {
        List<QueueEvent> ordered = new ArrayList<>(events);
        ordered.sort(Comparator.comparing(QueueEvent::queue));
        int from = 0;
        for (int i = 0; i <= ordered.size(); i++) {
            boolean removes = i < ordered.size() && ordered.get(i) instanceof QueueEvent.Removed;
            if (removes) continue;
            if (i - from > 1) ordered.subList(from, i).sort(Comparator.comparing(Object::toString));
            from = i + 1;
        }
        return ordered;
    }
}
