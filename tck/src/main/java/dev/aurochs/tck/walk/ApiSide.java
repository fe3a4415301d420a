package dev.aurochs.tck.walk;

import dev.aurochs.queue.AddedFlow;
import dev.aurochs.queue.Job;
import dev.aurochs.queue.NewJobSpec;
import dev.aurochs.queue.Queue;
import dev.aurochs.queue.QueueEvents;
import dev.aurochs.queue.Queues;
import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.JobCounts;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.QueueSettings;
import dev.aurochs.queue.spi.QueueBackend;
import dev.aurochs.queue.testing.MutableTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A backend behind the public API, its clock, its workers, and what they have seen. */
final class ApiSide implements View {
    static final int QUEUES = 3;
    static final int WORKERS = 6;
    static final int OWN_IDS = 6;

    private final Scope scope;
    private final MutableTime time;
    private final Queues queues;
    private final KnownJobs known;
    private final QueueEvents events;
    private final List<ApiWorker> workers = new ArrayList<>();

    /** Over queues that are empty. The backend is left open. */
    ApiSide(QueueBackend backend, String name, Scope scope) {
        this.scope = scope;
        time = MutableTime.startingAt(Walk.BEGIN);
        queues = Queues.over(backend, time);
        known = new KnownJobs(name, QUEUES, OWN_IDS);
        events = queues.events(known.queues().stream().map(QueueName::value).toArray(String[]::new));
        for (int i = 0; i < WORKERS; i++) workers.add(new ApiWorker(this, i));
    }

    Queues api() {
        return queues;
    }

    Scope scope() {
        return scope;
    }

    void pass(Duration span) {
        time.advance(span);
    }

    ApiWorker worker(int number) {
        return workers.get(number);
    }

    QueueName name(int number) {
        return known.queue(number);
    }

    Queue queue(QueueName name) {
        return queues.queue(name.value());
    }

    JobRef job(int pick) {
        return known.job(pick);
    }

    void remember(JobRef job) {
        known.remember(job);
    }

    Object add(int queue, List<ApiAct.Draft> drafts) {
        Queue to = queue(name(queue));
        if (drafts.size() == 1) {
            ApiAct.Draft only = drafts.get(0);
            return added(to.add(only.name(), only.name(), only.options()));
        }
        List<NewJobSpec> specs = drafts.stream()
                .map(draft -> NewJobSpec.of(draft.name(), draft.name(), draft.options()))
                .toList();
        return to.addAll(specs).stream().map(this::added).toList();
    }

    Object addFlow(ApiAct.Draft root) {
        return added(queues.flows().add(root.node(this)));
    }

    Object added(AddedFlow flow) {
        List<Object> all = new ArrayList<>(List.of(added(flow.job())));
        for (AddedFlow child : flow.children()) all.add(added(child));
        return all;
    }

    private Object added(Job job) {
        if (job.isNew()) remember(job.ref());
        return job.ref() + (job.isNew() ? " new" : " known");
    }

    @Override
    public List<QueueName> queues() {
        return known.queues();
    }

    @Override
    public JobCounts counts(QueueName queue) {
        return queue(queue).counts();
    }

    @Override
    public QueueSettings settings(QueueName queue) {
        return queue(queue).settings();
    }

    @Override
    public List<JobRecord> list(QueueName queue, JobState state, PageRequest page) {
        return queue(queue).list(state, page).items();
    }

    @Override
    public List<Child> children(JobRef job) {
        return queue(job.queue()).children(job.id().value(), ALL).items();
    }

    @Override
    public List<String> log(JobRef job) {
        return queue(job.queue()).log(job.id().value(), ALL).items();
    }

    @Override
    public List<QueueEvent> read(Duration atMost) {
        try {
            List<QueueEvent> all = new ArrayList<>();
            for (List<QueueEvent> more = one(atMost); !more.isEmpty(); more = one(Duration.ZERO)) all.addAll(more);
            return all;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while reading events", stopped);
        }
    }

    private List<QueueEvent> one(Duration atMost) throws InterruptedException {
        return View.withoutHints(events.read(atMost));
    }

    @Override
    public void close() {
        events.close();
        workers.forEach(ApiWorker::close);
        for (QueueName queue : queues()) queue(queue).obliterate(true);
    }
}
