package dev.aurochs.memory;

import dev.aurochs.engine.EngineBackend;
import dev.aurochs.engine.EngineProfile;
import dev.aurochs.memory.Player.Act;
import dev.aurochs.queue.spi.QueueBackend;
import dev.aurochs.queue.spi.Traits.AckLevel;
import dev.aurochs.tck.model.ListModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Some players on the engine at the same time, as a seed has it: what each does, and who goes on after each step of the
 * store. Linearizable when there is an order of all their acts that keeps what was over before something else began,
 * and in which the list model, asked one act after the other, answers the same.
 */
final class Interleaving {
    private static final int PLAYERS = 3;
    private static final int ACTS = 4;
    private static final int JOBS = 2;
    private static final Set<String> REMOVALS = Set.of("remove", "drain", "obliterate");

    /** What one player did, what he was answered, and when, by the count of beginnings and ends. */
    private record Played(int player, Act act, String answer, int begin, int end) {
        @Override
        public String toString() {
            return "  player " + player + " [" + begin + "–" + end + "] " + act.name() + " j" + act.job() + " → "
                    + answer;
        }
    }

    private final long seed;
    private final List<List<Played>> played = new ArrayList<>();
    private String remains = "";

    private Interleaving(long seed) {
        this.seed = seed;
    }

    static Interleaving of(long seed, UnaryOperator<QueueBackend> change) throws InterruptedException {
        Interleaving interleaving = new Interleaving(seed);
        Turns turns = new Turns(seed);
        EngineProfile profile = new EngineProfile("memory", "memory:", AckLevel.MEMORY, Set.of(), List.of());
        try (QueueBackend engine =
                change.apply(new EngineBackend(new SteppedStore(new MemoryStore(), turns), profile))) {
            Random dice = new Random(seed * 31 + 7);
            AtomicInteger clock = new AtomicInteger();
            List<Runnable> threads = new ArrayList<>();
            for (int i = 0; i < PLAYERS; i++) {
                int number = i;
                Player player = new Player(engine, "p" + i);
                List<Act> acts = acts(dice);
                List<Played> mine = new ArrayList<>();
                interleaving.played.add(mine);
                threads.add(() -> {
                    for (Act act : acts) mine.add(interleaving.play(number, player, act, clock));
                });
            }
            turns.run(threads);
            interleaving.remains = Player.remains(engine);
        }
        return interleaving;
    }

    private static List<Act> acts(Random dice) {
        List<Act> acts = new ArrayList<>();
        for (int i = 0; i < ACTS; i++)
            acts.add(new Act(Player.NAMES.get(dice.nextInt(Player.NAMES.size())), 1 + dice.nextInt(JOBS)));
        if (dice.nextBoolean()) acts.set(0, new Act("add", 1 + dice.nextInt(JOBS)));
        return acts;
    }

    private Played play(int number, Player player, Act act, AtomicInteger clock) {
        int begin = clock.incrementAndGet();
        String answer;
        try {
            answer = player.play(act);
        } catch (RuntimeException | Error thrown) {
            answer = "threw " + thrown;
        }
        return new Played(number, act, answer, begin, clock.incrementAndGet());
    }

    /** True when one order explains all answers and what is there in the end. */
    boolean isLinearizable() {
        return search(new ArrayList<>());
    }

    private boolean search(List<Played> order) {
        int[] done = new int[PLAYERS];
        order.forEach(one -> done[one.player()]++);
        List<Played> next = new ArrayList<>();
        for (List<Played> mine : played)
            if (done[mine.get(0).player()] < mine.size())
                next.add(mine.get(done[mine.get(0).player()]));
        if (next.isEmpty()) return remains.equals(replay(order));
        int firstEnd = next.stream().mapToInt(Played::end).min().orElseThrow();
        next.sort((one, two) -> Integer.compare(one.end(), two.end()));
        for (Played candidate : next) {
            if (candidate.begin() > firstEnd) continue;
            order.add(candidate);
            if (replay(order) != null && search(order)) return true;
            order.remove(order.size() - 1);
        }
        return false;
    }

    /** A claim that brought nothing, while a removal took away, bodies and all, what it had leased. */
    private boolean mayHaveLost(Played one) {
        boolean empty = one.act().name().equals("claim") && !one.answer().startsWith("j");
        return empty
                && played.stream()
                        .flatMap(List::stream)
                        .filter(other -> REMOVALS.contains(other.act().name()))
                        .anyMatch(other -> other.begin() < one.end() && other.end() > one.begin());
    }

    /** What is there in the end of this order; null when the model answers otherwise somewhere. */
    private @Nullable String replay(List<Played> order) {
        try (ListModel model = new ListModel()) {
            List<Player> players = new ArrayList<>();
            for (int i = 0; i < PLAYERS; i++) players.add(new Player(model, "p" + i));
            for (Played one : order) {
                Player player = players.get(one.player());
                String answer = player.play(one.act());
                if (answer.equals(one.answer())) continue;
                if (!mayHaveLost(one)) return null;
                player.forgetClaim();
            }
            return Player.remains(model);
        }
    }

    @Override
    public String toString() {
        return "seed " + seed + ", in the end " + remains + "\n"
                + played.stream()
                        .flatMap(List::stream)
                        .sorted((one, two) -> Integer.compare(one.begin(), two.begin()))
                        .map(Played::toString)
                        .collect(Collectors.joining("\n"));
    }
}
