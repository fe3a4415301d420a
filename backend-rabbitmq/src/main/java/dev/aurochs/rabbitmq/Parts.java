package dev.aurochs.rabbitmq;

import dev.aurochs.queue.job.Lease;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.RateLimit;
import dev.aurochs.queue.spi.BackendInfo;
import dev.aurochs.rabbitmq.flow.Flows;
import dev.aurochs.rabbitmq.flow.Running;
import dev.aurochs.rabbitmq.wire.Link;
import dev.aurochs.rabbitmq.wire.Names;
import dev.aurochs.rabbitmq.wire.Publisher;
import dev.aurochs.rabbitmq.wire.QueueArguments;
import dev.aurochs.rabbitmq.wire.QueueType;
import dev.aurochs.rabbitmq.wire.Topology;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** What the parts of one backend share. */
final class Parts implements AutoCloseable {
    private static final int TICKS_PER_SECOND = (int) (1_000 / Tick.MILLIS);
    private static final int TICKS_PER_LOOK = 1;

    private final Link link;
    private final BackendInfo info;
    private final Names names;
    private final After after = new After();
    private final Tick tick = new Tick();
    private final CallerTime time = new CallerTime();
    private final Map<QueueName, LocalQueue> queues = new ConcurrentHashMap<>();
    private final Set<RabbitSession> sessions = ConcurrentHashMap.newKeySet();
    /** Channels of sessions that were closed, as long as something that came on them runs. */
    private final Set<Inlet> retired = ConcurrentHashMap.newKeySet();

    private final Set<RabbitEventReader> readers = ConcurrentHashMap.newKeySet();
    private final QueueArguments arguments;
    private final Topology topology;
    private final Publisher publisher;
    private final Sender sender;
    private final Teller teller;
    private final Outbox outbox;
    private final Strays strays;
    private final Holds holds;
    private final NearHolder near;
    private final PauseWatch pauseWatch;
    private final ControlListener control;
    private final Flows flows;

    Parts(Link link, BackendInfo info, String prefix, QueueArguments arguments) {
        this.link = link;
        this.info = info;
        this.arguments = arguments;
        names = new Names(prefix);
        topology = new Topology(link.consuming(), names, arguments);
        publisher = new Publisher(link.publishing(), this::runAfter, topology::declareAgain);
        sender = new Sender(publisher, topology, new Levels(arguments.type()));
        teller = new Teller(publisher, names);
        outbox = new Outbox(teller);
        strays = new Strays(sender, names);
        holds = new Holds(publisher, names);
        near = new NearHolder(link.consuming(), topology, sender, outbox, time, this::queue);
        pauseWatch = new PauseWatch(new Pauses(topology, publisher), publisher, names);
        control = new ControlListener(link.consuming(), topology, this::heard);
        flows = new Flows(
                link, topology, arguments, publisher, after, new FlowPlaces(sender, teller, time, this::queue));
        near.start();
        tick.each(1, () -> sessions.forEach(RabbitSession::tick));
        tick.each(1, this::closeRetired);
        tick.each(TICKS_PER_SECOND, publisher::checkPatience);
        tick.each(TICKS_PER_SECOND, flows::lookAround);
        tick.each(TICKS_PER_LOOK, this::lookAround);
    }

    private void runAfter(Runnable task) {
        after.execute(() -> {
            task.run();
            outbox.send();
        });
    }

    private void closeRetired() {
        retired.removeIf(inlet -> {
            boolean done = inlet.isDone();
            if (done) inlet.close();
            return done;
        });
    }

    private void awaitLastAcknowledgements() {
        long deadline = System.nanoTime() + Inlet.LAG_NANOS;
        while (arguments.type() == QueueType.QUORUM
                && System.nanoTime() < deadline
                && !(near.isQuiet() && retired.stream().allMatch(inlet -> inlet.isQuietFor(Inlet.LAG_NANOS))))
            LockSupport.parkNanos(Inlet.LAG_NANOS / 10);
    }

    private void lookAround() {
        readers.forEach(RabbitEventReader::ensureListening);
        if (sessions.isEmpty()) return;
        control.ensureListening();
        flows.ensureExpanding();
        for (LocalQueue queue : queues.values()) if (queue.isPauseKnown()) pauseWatch.ask(queue);
    }

    private void heard(Control.Message message) {
        if (message.kind().equals(Control.PAUSE)) queue(message.queue()).setPaused(message.value() == 1);
        if (message.kind().equals(Control.HOLD))
            holds.heard(message.queue(), java.time.Instant.ofEpochMilli(message.value()));
    }

    LocalQueue queue(QueueName name) {
        return queues.computeIfAbsent(name, LocalQueue::new);
    }

    Link link() {
        return link;
    }

    BackendInfo info() {
        return info;
    }

    Names names() {
        return names;
    }

    CallerTime time() {
        return time;
    }

    Topology topology() {
        return topology;
    }

    Publisher publisher() {
        return publisher;
    }

    Sender sender() {
        return sender;
    }

    Teller teller() {
        return teller;
    }

    Outbox outbox() {
        return outbox;
    }

    Strays strays() {
        return strays;
    }

    Holds holds() {
        return holds;
    }

    NearHolder near() {
        return near;
    }

    PauseWatch pauseWatch() {
        return pauseWatch;
    }

    ControlListener control() {
        return control;
    }

    Flows flows() {
        return flows;
    }

    /** The run of this process that has this lease. */
    Optional<Running> running(Lease lease) {
        return sessions.stream()
                .map(session -> session.running(lease))
                .flatMap(Optional::stream)
                .findFirst();
    }

    Limiter limiter(QueueName queue, RateLimit limit) {
        return new Limiter(topology, publisher, arguments, queue, limit);
    }

    Set<RabbitEventReader> readers() {
        return readers;
    }

    Set<Inlet> retired() {
        return retired;
    }

    Set<RabbitSession> sessions() {
        return sessions;
    }

    @Override
    public void close() {
        tick.close();
        for (RabbitEventReader reader : readers) reader.close();
        for (RabbitSession session : sessions) session.close();
        near.close();
        flows.close();
        awaitLastAcknowledgements();
        publisher.close();
        link.close();
        after.close();
    }
}
