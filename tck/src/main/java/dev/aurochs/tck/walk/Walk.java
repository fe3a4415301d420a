package dev.aurochs.tck.walk;

import dev.aurochs.queue.spi.BackendInfo;
import dev.aurochs.queue.spi.QueueBackend;
import dev.aurochs.queue.spi.Traits;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Walks a backend and the list model through the same random commands. A walk has episodes; each begins with empty
 * queues and is a function of its own seed, so that a difference is found again from the seed that the failure names:
 * {@code -Daurochs.walk.seed=… -Daurochs.walk.steps=…}.
 */
public final class Walk {
    private static final int EPISODE = 500;
    private static final int STEPS_PER_LOOK = 50;

    private final QueueBackend backend;
    private int pairs;

    /** Over a backend without jobs whose readers see all events in order and whose sessions hold nothing unstarted. */
    public Walk(QueueBackend backend) {
        this.backend = backend;
        BackendInfo info = backend.info();
        boolean exact = info.traits().readAhead() == 0 && info.traits().eventOrder() == Traits.EventOrder.TOTAL;
        if (!exact) throw new IllegalStateException("the walk cannot follow the backend " + info.name() + " exactly");
    }

    /** Throws {@link AssertionError} with the seed and a short script when the two part. */
    public void go(long seed, long steps) {
        long left = steps;
        for (long episode = 0; left > 0; episode++) {
            int length = (int) Math.min(EPISODE, left);
            List<Act> acts = draw(seed + episode, length);
            Parting parting = walk("walk", acts, STEPS_PER_LOOK);
            if (parting != null && shows(acts)) throw new AssertionError(report(seed + episode, acts, parting));
            if (parting != null) throw new AssertionError(lastingReport(seed, steps, parting));
            left -= length;
        }
    }

    /** Where the two parted: after how many commands, and over what. */
    private record Parting(int steps, String difference) {}

    private static List<Act> draw(long seed, int length) {
        Dice dice = new Dice(seed);
        List<Act> acts = new ArrayList<>(length);
        for (int i = 0; i < length; i++) acts.add(dice.next());
        return acts;
    }

    private @Nullable Parting walk(String name, List<Act> acts, int stepsPerLook) {
        try (Pair pair = new Pair(backend, name)) {
            for (int i = 0; i < acts.size(); i++) {
                String difference = pair.step(acts.get(i));
                boolean looks = (i + 1) % stepsPerLook == 0 || i == acts.size() - 1;
                if (difference == null && looks) difference = pair.look();
                if (difference != null) return new Parting(i + 1, difference);
            }
        }
        return null;
    }

    /** True when the commands lead to a difference on queues that were never used. */
    private boolean shows(List<Act> acts) {
        return walk("again" + ++pairs, acts, 1) != null;
    }

    private String lastingReport(long seed, long steps, Parting parting) {
        return "%s parts from the list model, over what an earlier episode left behind in obliterated queues;"
                        .formatted(backend.info().name())
                + " again: -Daurochs.walk.seed=%d -Daurochs.walk.steps=%d%n%s"
                        .formatted(seed, steps, parting.difference());
    }

    private String report(long seed, List<Act> acts, Parting parting) {
        List<Act> shortest = new Script(this::shows).shorten(acts.subList(0, parting.steps()));
        Parting again = walk("again" + ++pairs, shortest, 1);
        String lines = shortest.stream().map(Act::toString).collect(Collectors.joining("\n  "));
        return "%s parts from the list model; again: -Daurochs.walk.seed=%d -Daurochs.walk.steps=%d%n  %s%n%s"
                .formatted(
                        backend.info().name(),
                        seed,
                        parting.steps(),
                        lines,
                        (again == null ? parting : again).difference());
    }
}
