package dev.aurochs.tck.walk;

import dev.aurochs.queue.FlowNode;
import dev.aurochs.queue.JobContext;
import dev.aurochs.queue.WorkerOptions;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.RateLimit;
import dev.aurochs.queue.testing.ManualWorker;
import dev.aurochs.queue.testing.ManualWorker.Held;
import dev.aurochs.queue.testing.ManualWorker.Ran;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A manual worker of a walk. Its handler does what the present command says and notes what it was told. */
final class ApiWorker {
    private static final int CONCURRENCY = 3;
    private static final int MOST_RUNS = 20;

    private final ApiSide side;
    private final int number;
    private final QueueName queue;
    private final List<Held> held = new ArrayList<>();
    private final List<Object> told = new ArrayList<>();
    private ManualWorker worker;
    private @Nullable Plan plan;

    ApiWorker(ApiSide side, int number) {
        this.side = side;
        this.number = number;
        this.queue = side.name(number);
        worker = open();
    }

    private ManualWorker open() {
        WorkerOptions.Builder options = WorkerOptions.builder()
                .name("worker" + number)
                .concurrency(CONCURRENCY)
                .lease(lease())
                .maxStalls(number % 4)
                .keepCompleted(WalkWorker.COMPLETED[number % WalkWorker.COMPLETED.length])
                .keepFailed(WalkWorker.FAILED[number % WalkWorker.FAILED.length]);
        if (number % 2 == 0) options.backoff("own", (runs, job, failure) -> Duration.ofMillis(runs * 70L));
        if (number == 3) options.timeout(Duration.ofMillis(300));
        if (number == 4 && side.scope().expiry()) options.rateLimit(new RateLimit(3, Duration.ofMillis(400)));
        return side.api()
                .worker(queue.value())
                .options(options.build())
                .on("counted", Integer.class, (payload, job) -> "never")
                .onAny(this::handle)
                .manual();
    }

    private Duration lease() {
        if (!side.scope().expiry()) return WalkWorker.FOR_EVER;
        return Duration.ofMillis(number % 2 == 0 ? 1_000 : 5_000);
    }

    Object runNext(Plan next) {
        return answer(next, () -> worker.runNext().map(List::of).orElse(List.of()));
    }

    Object runAll(Plan next) {
        return answer(next, () -> worker.runAll(MOST_RUNS));
    }

    Object hold() {
        if (held.size() == CONCURRENCY) held.remove(0).giveBack();
        return worker.hold()
                .map(job -> {
                    held.add(job);
                    side.remember(job.job().ref());
                    return job.job();
                })
                .map(Object.class::cast)
                .orElse("");
    }

    Object runHeld(int pick, Plan next) {
        return held.isEmpty() ? "" : answer(next, () -> List.of(taken(pick).run()));
    }

    Object giveBack(int pick) {
        return held.isEmpty() ? "" : taken(pick).giveBack();
    }

    Object renew() {
        return List.of(worker.renew(), held.stream().map(Held::stopReason).toList());
    }

    Object sweep() {
        return worker.sweep();
    }

    /** Closes and begins anew, with nothing held. */
    void restart() {
        close();
        worker = open();
    }

    void close() {
        worker.close();
        held.clear();
    }

    private Held taken(int pick) {
        return held.remove(pick % held.size());
    }

    /** Steps that run handlers. */
    private interface Step {
        List<Ran> take();
    }

    private Object answer(Plan next, Step step) {
        plan = next;
        told.clear();
        List<Ran> runs = step.take();
        for (Ran ran : runs) side.remember(ran.job().ref());
        return List.of(runs, List.copyOf(told));
    }

    /** Has an own id, so that it may be there already. */
    private FlowNode child(int value) {
        JobOptions options = JobOptions.builder()
                .id(KnownJobs.ownId(value % ApiSide.OWN_IDS))
                .build();
        return FlowNode.of(side.name(value).value(), "child", value).withOptions(options);
    }

    private @Nullable Object handle(Json payload, JobContext job) throws Exception {
        Plan now = plan;
        if (now == null) throw new IllegalStateException("no command runs a handler now");
        told.add(job.name() + " attempt " + job.attempt() + " stalls " + job.stalls() + " " + payload);
        switch (now.saying()) {
            case NOTHING -> {}
            case PROGRESS -> job.progress(now.value());
            case LOG -> job.log("line " + now.value());
            case PAYLOAD -> job.updatePayload(List.of(now.value()));
            case CHILDREN -> told.add(job.children());
            case RENEW -> told.add(worker.renew());
            case SWEEP -> told.add(worker.sweep());
            case ADD_CHILD -> told.add(side.added(job.addChild(child(now.value()))));
            case PASS -> side.pass(Duration.ofMillis(now.value() * 50L));
        }
        told.add(job.stopReason());
        return now.end();
    }
}
