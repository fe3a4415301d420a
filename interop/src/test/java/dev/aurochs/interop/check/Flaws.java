package dev.aurochs.interop.check;

import java.util.ArrayList;
import java.util.List;

/** Gathers flaws; not thread-safe. */
final class Flaws {
    private final List<Flaw> found = new ArrayList<>();

    void add(Invariant invariant, String subject, String words) {
        found.add(new Flaw(invariant, subject, words));
    }

    void unless(boolean holds, Invariant invariant, String subject, String words) {
        if (!holds) add(invariant, subject, words);
    }

    List<Flaw> all() {
        return List.copyOf(found);
    }
}
