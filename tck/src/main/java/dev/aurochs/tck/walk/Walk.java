package dev.aurochs.tck.walk;

import dev.aurochs.queue.spi.BackendInfo;
import dev.aurochs.queue.spi.QueueBackend;
import dev.aurochs.queue.spi.Traits;
import dev.aurochs.tck.model.ListModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Walks a backend and the list model through the same random commands. A walk has episodes; each begins with empty
 * queues and is a function of its own seed, so that a difference is found again from the seed that the failure names:
 * {@code -Dgroups=walk -Daurochs.walk.seed=… -Daurochs.walk.steps=…}.
 */
public final class Walk<C extends Command<?, C>> {
    static final Instant BEGIN = Instant.parse("2027-01-01T00:00:00Z");
    private static final int EPISODE = 500;
    private static final int STEPS_PER_LOOK = 50;

    private final BackendInfo info;
    private final String tag;
    private final Trial<C> trial;
    private final LongFunction<Supplier<C>> dice;
    private int pairs;

    /** True where every answer follows from the commands: nothing is handed out ahead of claims. */
    public static boolean isExact(BackendInfo info) {
        return info.traits().readAhead() == 0 && info.traits().eventOrder() == Traits.EventOrder.TOTAL;
    }

    private Walk(BackendInfo info, String tag, LongFunction<Supplier<C>> dice, Trial<C> trial) {
        this.info = info;
        this.tag = tag;
        this.trial = trial;
        this.dice = dice;
        if (!isExact(info))
            throw new IllegalStateException("the walk cannot follow the backend " + info.name() + " exactly");
    }

    /**
     * Commands to the SPI, over a backend without jobs whose readers see all events in order and whose sessions hold
     * nothing unstarted.
     */
    public static Walk<?> over(QueueBackend backend) {
        Scope scope = Scope.of(backend.info());
        return new Walk<Act>(backend.info(), "walk", seed -> new Dice(seed, scope)::next, (name, acts, looks) -> {
            try (Pair<Side> pair = new Pair<>(new Side(new ListModel(), name, scope), new Side(backend, name, scope))) {
                return part(pair, acts, looks);
            }
        });
    }

    /** As {@link #over}, with commands to the public API, over which workers run by hand. */
    public static Walk<?> overApi(QueueBackend backend) {
        Scope scope = Scope.of(backend.info());
        LongFunction<Supplier<ApiAct>> dice = seed -> new ApiDice(seed, scope)::next;
        return new Walk<ApiAct>(backend.info(), "api-walk", dice, (name, acts, looks) -> {
            try (Pair<ApiSide> pair =
                    new Pair<>(new ApiSide(new ListModel(), name, scope), new ApiSide(backend, name, scope))) {
                return part(pair, acts, looks);
            }
        });
    }

    /** Gives commands to a new pair on queues of that name; answers where the two parted, or null. */
    private interface Trial<C> {
        @Nullable
        Parting walk(String name, List<C> acts, int stepsPerLook);
    }

    /** Throws {@link AssertionError} with the seed and a short script when the two part. */
    public void go(long seed, long steps) {
        long left = steps;
        for (long episode = 0; left > 0; episode++) {
            int length = (int) Math.min(EPISODE, left);
            List<C> acts = draw(seed + episode, length);
            Parting parting = trial.walk("walk", acts, STEPS_PER_LOOK);
            if (parting != null && shows(acts)) throw new AssertionError(report(seed + episode, acts, parting));
            if (parting != null) throw new AssertionError(lastingReport(seed, steps, episode, parting));
            left -= length;
        }
    }

    /** Where the two parted: after how many commands, and over what. */
    private record Parting(int steps, String difference) {}

    private List<C> draw(long seed, int length) {
        Supplier<C> drawing = dice.apply(seed);
        List<C> acts = new ArrayList<>(length);
        for (int i = 0; i < length; i++) acts.add(drawing.get());
        return acts;
    }

    private static <S extends View> @Nullable Parting part(
            Pair<S> pair, List<? extends Command<S, ?>> acts, int stepsPerLook) {
        for (int i = 0; i < acts.size(); i++) {
            String difference = pair.step(acts.get(i));
            boolean looks = (i + 1) % stepsPerLook == 0 || i == acts.size() - 1;
            if (difference == null && looks) difference = pair.look();
            if (difference != null) return new Parting(i + 1, difference);
        }
        return null;
    }

    /** True when the commands lead to a difference on queues that were never used. */
    private boolean shows(List<C> acts) {
        return trial.walk("again" + ++pairs, acts, 1) != null;
    }

    private String lastingReport(long seed, long steps, long episode, Parting parting) {
        return "%s parts from the list model, over what an earlier episode left behind in obliterated queues;"
                        .formatted(info.name())
                + " again: -Dgroups=%s -Daurochs.walk.seed=%d -Daurochs.walk.steps=%d%n".formatted(tag, seed, steps)
                + "(episode %d, after %d commands)%n%s".formatted(episode, parting.steps(), parting.difference());
    }

    private String report(long seed, List<C> acts, Parting parting) {
        List<C> shortest = new Script<>(this::shows).shorten(acts.subList(0, parting.steps()));
        Parting again = trial.walk("again" + ++pairs, shortest, 1);
        String lines = shortest.stream().map(Object::toString).collect(Collectors.joining("\n  "));
        String difference = (again == null ? parting : again).difference();
        return "%s parts from the list model; again: -Dgroups=%s -Daurochs.walk.seed=%d -Daurochs.walk.steps=%d"
                        .formatted(info.name(), tag, seed, parting.steps())
                + "%n  %s%n%s".formatted(lines, difference);
    }
}
