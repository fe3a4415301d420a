package dev.aurochs.rabbitmq;

import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.EventPosition;
import dev.aurochs.queue.job.JobCounts;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Lease;
import dev.aurochs.queue.job.Page;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.QueueSettings;
import dev.aurochs.queue.spi.AddUnit;
import dev.aurochs.queue.spi.Added;
import dev.aurochs.queue.spi.BackendInfo;
import dev.aurochs.queue.spi.BulkAction;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.Changed;
import dev.aurochs.queue.spi.EventReader;
import dev.aurochs.queue.spi.HealthNote;
import dev.aurochs.queue.spi.JobChange;
import dev.aurochs.queue.spi.QueueBackend;
import dev.aurochs.queue.spi.QueueChange;
import dev.aurochs.queue.spi.Swept;
import dev.aurochs.queue.spi.WorkSession;
import dev.aurochs.queue.spi.WorkerProfile;
import dev.aurochs.rabbitmq.message.EventMessage;
import dev.aurochs.rabbitmq.wire.Link;
import dev.aurochs.rabbitmq.wire.QueueArguments;
import dev.aurochs.rabbitmq.wire.QueueType;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Jobs on a RabbitMQ broker, as messages in its queues. */
final class RabbitBackend implements QueueBackend {
    private static final Duration LONGEST_RUN = Duration.ofHours(24);
    private static final String NO_LOOKUP = "listen to events instead; a queue of messages cannot be looked into";

    private final QueueType queueType;
    private final Parts parts;
    private final Producer producer;

    RabbitBackend(RabbitAddress address, Link link) {
        queueType = address.queueType();
        QueueArguments arguments = new QueueArguments(queueType, link.version(), LONGEST_RUN);
        parts = new Parts(link, RabbitInfo.of(address), address.prefix(), arguments);
        producer = new Producer(parts);
    }

    Parts parts() {
        return parts;
    }

    /** For tests of what follows: the channel of the lease goes, as when its process dies. */
    void cut(Lease lease) {
        for (RabbitSession session : parts.sessions()) if (session.cut(lease)) return;
    }

    @Override
    public BackendInfo info() {
        return parts.info();
    }

    @Override
    public List<HealthNote> health(Instant now) {
        parts.link().requireOpen();
        return new RabbitHealth(parts.link(), parts.topology(), queueType).notes();
    }

    @Override
    public List<CompletionStage<List<Added>>> add(List<AddUnit> units, Instant now) {
        parts.link().requireOpen();
        parts.time().saw(now);
        return producer.add(units, now);
    }

    @Override
    public WorkSession attach(QueueName queue, WorkerProfile worker) {
        parts.link().requireOpen();
        RabbitSession session = new RabbitSession(parts, parts.queue(queue), worker);
        parts.sessions().add(session);
        parts.control().ensureListening();
        return session;
    }

    /** The broker recovers by itself, at once. */
    @Override
    public List<JobRef> recoverStalled(QueueName queue, WorkerProfile sweeper, Instant now) {
        parts.link().requireOpen();
        parts.time().saw(now);
        return List.of();
    }

    @Override
    public Changed change(JobRef job, JobChange change, Instant now) {
        parts.link().requireOpen();
        parts.time().saw(now);
        boolean revived = change instanceof JobChange.Retry retry
                && new FailedSet(parts, job.queue()).retry(job.id(), retry.resetCounters(), now);
        if (revived) return new Changed.Done();
        throw refused(
                Capability.CHANGE_WAITING,
                change instanceof JobChange.Retry
                        ? "job '" + job.id() + "' is not among the failed ones, and others cannot be reached"
                        : "a message that waits cannot be reached; let the job itself decide");
    }

    @Override
    public Changed remove(JobRef job, boolean withChildren, Instant now) {
        throw refused(Capability.CHANGE_WAITING, "a message that waits cannot be reached; let the job itself decide");
    }

    @Override
    public void configure(QueueName queue, QueueChange change, Instant now) {
        parts.link().requireOpen();
        parts.time().saw(now);
        if (change instanceof QueueChange.SetPaused pause) {
            parts.pauseWatch().set(parts.queue(queue), pause.paused());
            parts.teller().tell(EventMessage.paused(queue, pause.paused(), now));
        } else if (change instanceof QueueChange.SetConcurrency) {
            throw refused(Capability.GLOBAL_CONCURRENCY, "bound the concurrency of each worker");
        } else {
            throw refused(Capability.QUEUE_LIMIT, "give each worker a rate limit");
        }
    }

    @Override
    public Swept sweep(QueueName queue, BulkAction action, int budget, Instant now) {
        parts.link().requireOpen();
        parts.time().saw(now);
        if (action instanceof BulkAction.RetryAll retry && retry.from() == JobState.FAILED)
            return new FailedSet(parts, queue).retryAll(retry.until(), budget, now);
        throw refused(Capability.CHANGE_WAITING, "messages that wait cannot be told apart");
    }

    @Override
    public List<Optional<JobRecord>> find(List<JobRef> jobs) {
        throw refused(Capability.LOOKUP, NO_LOOKUP);
    }

    /** Waiting and failed ones; the rest is unknown. */
    @Override
    public JobCounts counts(QueueName queue) {
        parts.link().requireOpen();
        Map<JobState, Long> known = new EnumMap<>(JobState.class);
        known.put(
                JobState.WAITING,
                Math.max(0, parts.topology().ready(parts.names().waiting(queue))));
        known.put(
                JobState.FAILED,
                Math.max(0, parts.topology().ready(parts.names().failed(queue))));
        return new JobCounts(known, OptionalLong.empty(), OptionalLong.empty(), true);
    }

    @Override
    public QueueSettings settings(QueueName queue) {
        parts.link().requireOpen();
        boolean paused = parts.topology().ready(parts.names().paused(queue)) > 0;
        return QueueSettings.DEFAULTS.withPaused(paused);
    }

    @Override
    public Page<JobRecord> list(QueueName queue, JobState state, PageRequest page) {
        throw refused(Capability.LOOKUP, NO_LOOKUP);
    }

    @Override
    public Page<Child> children(JobRef parent, PageRequest page) {
        throw refused(Capability.LOOKUP, NO_LOOKUP);
    }

    @Override
    public Page<String> log(JobRef job, PageRequest page) {
        throw refused(Capability.LOOKUP, NO_LOOKUP);
    }

    @Override
    public Set<QueueName> queues() {
        throw refused(Capability.QUEUE_LISTING, "keep the names in your application");
    }

    @Override
    public EventReader open(Set<QueueName> queues, EventPosition from) {
        parts.link().requireOpen();
        if (!from.equals(EventPosition.NOW)) throw refused(Capability.EVENT_REPLAY, "listen from now on");
        RabbitEventReader reader = new RabbitEventReader(parts, queues);
        parts.readers().add(reader);
        return reader;
    }

    /** Throws; a closed backend says that it is closed. */
    private RuntimeException refused(Capability capability, String instead) {
        parts.link().requireOpen();
        parts.info().require(capability, instead);
        return new IllegalStateException(capability + " is declared and refused");
    }

    @Override
    public void close() {
        parts.close();
    }
}
