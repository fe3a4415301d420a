package dev.aurochs.tck.walk;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Cuts a list of commands down to a short one that still fails: parts are left out, large ones first. */
final class Script<C extends Command<?, C>> {
    private final Predicate<List<C>> fails;

    Script(Predicate<List<C>> fails) {
        this.fails = fails;
    }

    /** The list must fail. */
    List<C> shorten(List<C> failing) {
        List<C> best = failing;
        for (int part = Math.max(1, best.size() / 2); part >= 1; ) {
            List<C> shorter = without(best, part);
            if (shorter.size() == best.size()) part = part == 1 ? 0 : part / 2;
            best = shorter;
        }
        return slim(best);
    }

    /** Takes out of the single commands what is not needed. */
    private List<C> slim(List<C> acts) {
        List<C> best = new ArrayList<>(acts);
        for (int i = 0; i < best.size(); i++) {
            List<C> smaller = best.get(i).smaller();
            for (int j = 0; j < smaller.size(); j++) {
                List<C> candidate = new ArrayList<>(best);
                candidate.set(i, smaller.get(j));
                if (!fails.test(candidate)) continue;
                best = candidate;
                smaller = smaller.get(j).smaller();
                j = -1;
            }
        }
        return best;
    }

    /** Leaves out each run of {@code part} commands that is not needed. */
    private List<C> without(List<C> acts, int part) {
        List<C> best = acts;
        for (int from = Math.max(0, best.size() - part); ; from = Math.max(0, from - part)) {
            if (from + part <= best.size()) {
                List<C> candidate = new ArrayList<>(best.subList(0, from));
                candidate.addAll(best.subList(from + part, best.size()));
                if (fails.test(candidate)) best = candidate;
            }
            if (from == 0) return best;
        }
    }
}
