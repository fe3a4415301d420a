package dev.aurochs.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.interop.node.BullMq;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same story, lived through by Node, by Java, and by both in turns, leaves the same keys and events behind. */
@ExtendWith(LabExtension.class)
class ParityTest {
    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("Node leaves the same behind each time, and in each release")
    void node(Scenario scenario, Lab lab) {
        NodeQueue newest = new NodeQueue(lab.node(), lab.queue("parity"));
        NodeQueue again = new NodeQueue(lab.node(BullMq.OLDEST), lab.queue("parity"));
        scenario.play(new NodeSide(newest));
        scenario.play(new NodeSide(again));
        assertThat(lines(lab, scenario, again.name())).isEqualTo(lines(lab, scenario, newest.name()));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("Java alone")
    void java(Scenario scenario, Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(), lab.queue("parity"));
        String java = lab.queue("parity");
        scenario.play(new NodeSide(node));
        scenario.play(new JavaSide(lab.java(), java));
        assertThat(lines(lab, scenario, java)).isEqualTo(lines(lab, scenario, node.name()));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("Java and Node in turns, each step by the other one")
    void inTurns(Scenario scenario, Lab lab) {
        NodeQueue node = new NodeQueue(lab.node(), lab.queue("parity"));
        scenario.play(new NodeSide(node));
        for (int first = 0; first < 2; first++) {
            String mixed = lab.queue("parity");
            NodeSide theirs = new NodeSide(new NodeQueue(lab.node(), mixed));
            scenario.play(inTurns(new Side[] {new JavaSide(lab.java(), mixed), theirs}, first));
            assertThat(lines(lab, scenario, mixed))
                    .as("begun by %s", first == 0 ? "Java" : "Node")
                    .isEqualTo(lines(lab, scenario, node.name()));
        }
    }

    private static List<String> lines(Lab lab, Scenario scenario, String queue) {
        return new Footprint(lab.redis(), queue, scenario::tells).lines();
    }

    private static Side inTurns(Side[] sides, int first) {
        AtomicInteger calls = new AtomicInteger(first);
        return (Side) Proxy.newProxyInstance(
                Side.class.getClassLoader(),
                new Class<?>[] {Side.class},
                (proxy, method, arguments) -> method.invoke(sides[calls.getAndIncrement() % 2], arguments));
    }
}
