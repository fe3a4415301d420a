package dev.aurochs.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.interop.WalkDice.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Random steps, taken by Node on one queue, by Java on a second, and by both in turns on a third, leave the same behind
 * after each step. {@code -Daurochs.interop.walks} and {@code -Daurochs.interop.seed} walk more and elsewhere.
 */
@ExtendWith(LabExtension.class)
class WalkInteropTest {
    private static final int WALKS = Integer.getInteger("aurochs.interop.walks", 10);
    private static final int STEPS = Integer.getInteger("aurochs.interop.steps", 40);
    private static final long SEED = Long.getLong("aurochs.interop.seed", 1);
    private static final Set<String> UNTOLD =
            Set.of("drained", "removed", "deduplicated", "paused", "resumed", "cleaned");

    @Test
    @DisplayName("Node, Java and both in turns go the same way")
    void walks(Lab lab) {
        for (long seed = SEED; seed < SEED + WALKS; seed++) walk(lab, seed);
    }

    private static void walk(Lab lab, long seed) {
        String node = lab.queue("walk");
        String java = lab.queue("walk");
        String both = lab.queue("walk");
        Side theirs = new NodeSide(new NodeQueue(lab.node(), node));
        Side ours = new JavaSide(lab.java(), java);
        Side[] turns = {new NodeSide(new NodeQueue(lab.node(), both)), new JavaSide(lab.java(), both)};
        WalkDice dice = new WalkDice(seed, lab.redis());
        List<String> path = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            Step step = dice.step();
            path.add(step.words());
            String they = take(lab, step, theirs, node);
            String expected = they + footprint(lab, node);
            String where = "seed " + seed + " after " + String.join("\n  ", path);
            assertThat(take(lab, step, ours, java) + footprint(lab, java))
                    .as("Java, %s", where)
                    .isEqualTo(expected);
            String mixed = take(lab, step, turns[(i * 7 + (int) seed) / 3 % 2], both);
            assertThat(mixed + footprint(lab, both)).as("both, %s", where).isEqualTo(expected);
            // Java draws no number for a job that it does not store.
            for (String queue : List.of(node, java, both)) lab.redis().set(lab.key(queue, "id"), "" + (100 * (i + 1)));
        }
    }

    private static String take(Lab lab, Step step, Side side, String queue) {
        try {
            return step.does().apply(side, lab.key(queue, "")) ? "" : "nothing to do\n";
        } catch (RuntimeException refused) {
            return "refused\n";
        }
    }

    private static String footprint(Lab lab, String queue) {
        return String.join("\n", new Footprint(lab.redis(), queue, event -> !UNTOLD.contains(event)).lines());
    }
}
