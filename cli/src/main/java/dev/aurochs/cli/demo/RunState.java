package dev.aurochs.cli.demo;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far the demo's latest run has got; what a start after a kill needs to know beside the jobs themselves.
 *
 * @param number 1 for the first run in this folder
 * @param label what the ids of its jobs begin with; unique in its store
 * @param images the folder the pictures come from, absolute; null for the demo's own set
 * @param backend the address of the store that has its jobs
 * @param pictures the names of its pictures, relative to their folder, with {@code /} between folders
 * @param starts how often it was started
 * @param stops how often it ended by itself before it was finished, on Ctrl-C
 */
record RunState(
        int number,
        String label,
        @Nullable String images,
        String backend,
        List<String> pictures,
        int starts,
        int stops,
        boolean finished) {
    RunState {
        pictures = List.copyOf(pictures);
    }

    /** A run that is to begin. In a store that others use too, its label is one that nobody else has. */
    static RunState fresh(int number, @Nullable String images, Store store, List<String> pictures) {
        return new RunState(number, label(number, store), images, store.address(), pictures, 0, 0, false);
    }

    private static String label(int number, Store store) {
        String tag = store.isOwn() ? "" : "-" + UUID.randomUUID().toString().substring(0, 6);
        return "run" + number + tag;
    }

    /** One more start; in another store the jobs are added anew, under a label of that store. */
    RunState started(Store store) {
        boolean moved = !store.address().equals(backend);
        return new RunState(
                number,
                moved ? label(number, store) : label,
                images,
                store.address(),
                pictures,
                starts + 1,
                stops,
                false);
    }

    RunState stopped() {
        return new RunState(number, label, images, backend, pictures, starts, stops + 1, false);
    }

    RunState done() {
        return new RunState(number, label, images, backend, pictures, starts, stops, true);
    }

    /** How often it ended without being finished and without saying so. */
    int kills() {
        return Math.max(0, starts - 1 - stops);
    }
}
