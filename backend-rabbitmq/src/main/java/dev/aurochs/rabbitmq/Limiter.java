package dev.aurochs.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.RateLimit;
import dev.aurochs.rabbitmq.wire.Envelope;
import dev.aurochs.rabbitmq.wire.Publisher;
import dev.aurochs.rabbitmq.wire.QueueArguments;
import dev.aurochs.rabbitmq.wire.RefusedException;
import dev.aurochs.rabbitmq.wire.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rate limit of a queue, over all its workers. A grant is a message that a queue with as many places as the limit
 * has grants took; it leaves by itself a window later. What the broker refuses is denied. A grant must be used soon
 * after it was asked for: so much longer than a window it stays, so that no window has more than it may, on whatever
 * clock.
 */
final class Limiter {
    private static final Logger LOG = LoggerFactory.getLogger(Limiter.class);
    private static final byte[] NOTHING = {};
    private static final BasicProperties GRANT =
            new BasicProperties.Builder().deliveryMode(2).messageId("grant").build();
    private static final Duration SHORTEST_USE = Duration.ofMillis(10);
    private static final Duration LONGEST_USE = Duration.ofMillis(100);

    private final Topology topology;
    private final Publisher publisher;
    private final QueueArguments arguments;
    private final QueueName queue;
    private final RateLimit limit;
    private final String place;
    private boolean established;
    /** True once this limit was declared: from then on whatever is there rules. */
    private boolean known;

    Limiter(Topology topology, Publisher publisher, QueueArguments arguments, QueueName queue, RateLimit limit) {
        this.topology = topology;
        this.publisher = publisher;
        this.arguments = arguments;
        this.queue = queue;
        this.limit = limit;
        this.place = topology.names().limit(queue);
    }

    /** How long after it was asked for a grant may be used. */
    static Duration useWithin(RateLimit limit) {
        Duration part = limit.window().dividedBy(10);
        if (part.compareTo(SHORTEST_USE) < 0) return SHORTEST_USE;
        return part.compareTo(LONGEST_USE) > 0 ? LONGEST_USE : part;
    }

    private long useWithinNanos() {
        return useWithin(limit).toNanos();
    }

    /** When a denied worker should ask again, in nanoseconds; differs from worker to worker. */
    long askAgainNanos() {
        long part = useWithinNanos();
        return part / 2 + ThreadLocalRandom.current().nextLong(part / 2 + 1);
    }

    /** How many of the grants that were asked for are given, and may be used at once. */
    int ask(int wanted) {
        establish();
        long asked = System.nanoTime();
        List<CompletableFuture<Void>> answers = new ArrayList<>(wanted);
        for (int i = 0; i < Math.min(wanted, limit.max()); i++)
            answers.add(publisher.publish(Envelope.to(place, GRANT, NOTHING)));
        int given = 0;
        for (CompletableFuture<Void> answer : answers) if (isTaken(answer)) given++;
        // Too late to be used: the grants age out, and nobody begins.
        return System.nanoTime() - asked > useWithinNanos() ? 0 : given;
    }

    private boolean isTaken(CompletableFuture<Void> answer) {
        try {
            Waits.join(answer, "asking for a grant");
            return true;
        } catch (RefusedException denied) {
            return false;
        } catch (BackendUnavailableException away) {
            if (away.outcomeUnknown()) throw away;
            // Somebody is just making the queue anew.
            forget();
            return false;
        }
    }

    private synchronized void forget() {
        established = false;
    }

    private synchronized void establish() {
        if (established || known && topology.ready(place) >= 0) {
            established = true;
            return;
        }
        Duration stay = limit.window().plus(useWithin(limit));
        try {
            topology.declareQueue(place, arguments.limit(limit.max(), stay));
        } catch (InvalidInputException otherLimit) {
            takeOver(stay);
        }
        established = true;
        known = true;
    }

    /**
     * Whoever comes with another limit rules: the queue is made anew and filled, so that nobody is granted anything for
     * a window. Workers with the limit before obey it from then on.
     */
    private void takeOver(Duration stay) {
        LOG.warn("queue '{}' had another rate limit; from now on it is {} per {}", queue, limit.max(), limit.window());
        topology.delete(place);
        topology.declareQueue(place, arguments.limit(limit.max(), stay));
        List<CompletableFuture<Void>> filling = new ArrayList<>();
        for (int i = 0; i < limit.max(); i++) filling.add(publisher.publish(Envelope.to(place, GRANT, NOTHING)));
        filling.forEach(this::isTaken);
    }
}
