package dev.aurochs.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.aurochs.rabbitmq.wire.Troubles;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeoutException;

/** Hears what victims say and judges it: parents that ran too early, jobs that are missing, repeats, what is left. */
final class FlowChecker {
    private final Set<String> added = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> ends = new ConcurrentSkipListMap<>();
    private final Set<String> early = new ConcurrentSkipListSet<>();
    private final Set<String> ledgers = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> steps = new ConcurrentSkipListMap<>();

    void heard(String line) {
        String[] words = line.split(" ", 2);
        if (words.length < 2) return;
        switch (words[0]) {
            case "added" -> {
                if (words[1].contains("/")) added.add(words[1]);
            }
            case "end" -> ends.merge(words[1], 1, Integer::sum);
            case "early" -> early.add(words[1]);
            case "ledger" -> ledgers.add(words[1]);
            case "step" -> steps.merge(words[1], 1, Integer::sum);
            default -> {
                return;
            }
        }
    }

    void noteAdded(String flow) {
        added.add(flow);
    }

    int halts() {
        return steps.values().stream().mapToInt(Integer::intValue).sum();
    }

    Map<String, Integer> steps() {
        return steps;
    }

    int ended() {
        return ends.size();
    }

    /** Jobs of acknowledged flows that have not ended. */
    Set<String> missing() {
        Set<String> missing = new TreeSet<>();
        for (String flow : added)
            for (String role : FlowStories.roles(FlowStories.Kind.valueOf(flow.substring(0, flow.indexOf('/')))))
                if (!ends.containsKey(flow + "/" + role)) missing.add(flow + "/" + role);
        return missing;
    }

    /** Ledgers that are still there. */
    Set<String> residue(String host, int port) {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost(host);
        factory.setPort(port);
        Set<String> left = new HashSet<>();
        try (Connection connection = factory.newConnection()) {
            for (String ledger : ledgers) if (exists(connection, ledger)) left.add(ledger);
            return left;
        } catch (IOException | TimeoutException away) {
            throw new IllegalStateException("the broker cannot be asked", away);
        }
    }

    private static boolean exists(Connection connection, String queue) throws IOException, TimeoutException {
        Channel channel = connection.createChannel();
        try {
            channel.queueDeclarePassive(queue);
            channel.close();
            return true;
        } catch (IOException refused) {
            if (Troubles.code(refused) != AMQP.NOT_FOUND) throw refused;
            return false;
        }
    }

    void report(String what, Set<String> residue) {
        long repeated = ends.values().stream().filter(times -> times > 1).count();
        System.out.printf(
                "%s: flows acknowledged %d, jobs ended %d, parents early %d, jobs missing %d, ledgers left %d,"
                        + " ended more than once %d%n",
                what, added.size(), ends.size(), early.size(), missing().size(), residue.size(), repeated);
        assertThat(early).as("parents that ran before their children had ended").isEmpty();
        assertThat(missing()).as("jobs of acknowledged flows that never ended").isEmpty();
        assertThat(residue).as("ledgers that are left").isEmpty();
    }
}
