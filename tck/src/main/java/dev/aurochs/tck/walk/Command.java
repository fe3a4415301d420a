package dev.aurochs.tck.walk;

import java.util.ArrayList;
import java.util.List;

/**
 * One command of a walk. It names queues, workers, jobs and leases by small numbers, which each side resolves in the
 * same way, so that a script still makes sense when commands are left out of it.
 *
 * @param <S> whom it is given to
 * @param <C> commands of its kind
 */
interface Command<S, C> {
    /** Gives the command to one side; answers what is to be compared. */
    Object on(S side);

    /** True when events may be dropped unread; the walk reads them before. */
    default boolean dropsEvents() {
        return false;
    }

    /** The same with a little less in it, in every way there is. */
    default List<C> smaller() {
        return List.of();
    }

    /** The list with one item less, in every way there is; none of them is empty. */
    static <T> List<List<T>> withoutOne(List<T> items) {
        List<List<T>> shorter = new ArrayList<>();
        for (int i = 0; items.size() > 1 && i < items.size(); i++) {
            List<T> rest = new ArrayList<>(items);
            rest.remove(i);
            shorter.add(rest);
        }
        return shorter;
    }
}
