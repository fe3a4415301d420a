package dev.aurochs.interop;

import dev.aurochs.queue.Handler;
import dev.aurochs.queue.JobContext;
import dev.aurochs.queue.RunResult;
import dev.aurochs.queue.UnrecoverableException;
import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.Json;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Does in Java with a job what its payload says under {@code behave}, in the words of {@code processors.mjs}. */
final class Behaviour implements Handler<Json> {
    private final CountDownLatch gate = new CountDownLatch(1);
    private final Consumer<JobContext> onRun;

    Behaviour() {
        this(job -> {});
    }

    Behaviour(Consumer<JobContext> onRun) {
        this.onRun = onRun;
    }

    /** Lets go of the jobs that hold, and of all that come later. */
    void release() {
        gate.countDown();
    }

    @Override
    public @Nullable Object run(Json payload, JobContext job) throws Exception {
        onRun.accept(job);
        JsonNode spec = Texts.json(payload.text()).path("behave");
        String message = spec.path("message").asString("no luck");
        return switch (spec.path("kind").asString("echo")) {
            case "echo" -> payload;
            case "value" -> new Json(spec.path("value").toString());
            case "after" -> {
                new CountDownLatch(1).await(spec.path("ms").asLong(), TimeUnit.MILLISECONDS);
                yield job.id().value();
            }
            case "hold" -> {
                gate.await();
                yield payload;
            }
            case "fail" -> throw new IllegalStateException(message);
            case "failTimes" -> failTimes(spec, job);
            case "unrecoverable" -> throw new UnrecoverableException(message);
            case "progress" -> progress(spec, job);
            case "log" -> log(spec, job);
            case "children" -> children(job);
            case "postpone" -> postpone(spec, job);
            case "rateLimited" -> rateLimited(spec, job);
            default -> throw new UnrecoverableException("no behaviour " + spec);
        };
    }

    private static Object failTimes(JsonNode spec, JobContext job) {
        int made = job.attempt() - 1;
        if (made < spec.path("times").asInt()) throw new IllegalStateException("not yet " + (made + 1));
        return made;
    }

    private static Object progress(JsonNode spec, JobContext job) {
        for (JsonNode value : spec.path("values")) job.progress(new Json(value.toString()));
        return spec.path("values").size();
    }

    private static Object log(JsonNode spec, JobContext job) {
        for (JsonNode line : spec.path("lines")) job.log(line.asString());
        return spec.path("lines").size();
    }

    private static Object postpone(JsonNode spec, JobContext job) {
        if (job.record().runs().started() > 1) return "later";
        return RunResult.postpone(Duration.ofMillis(spec.path("ms").asLong()));
    }

    private static Object rateLimited(JsonNode spec, JobContext job) {
        if (job.record().runs().started() > 1) return job.attempt() - 1;
        return RunResult.rateLimited(Duration.ofMillis(spec.path("ms").asLong()));
    }

    private static Json children(JobContext job) {
        ObjectNode values = Texts.object();
        ObjectNode ignored = Texts.object();
        int unprocessed = 0;
        for (Child child : job.children()) {
            if (child.result() != null)
                values.set(key(child.job()), Texts.json(child.result().text()));
            if (child.status() == Child.Status.IGNORED) ignored.put(key(child.job()), child.failure());
            if (child.status() == Child.Status.PENDING) unprocessed++;
        }
        ObjectNode answer = Texts.object("values", values, "ignored", ignored);
        answer.put("processed", values.size()).put("unprocessed", unprocessed);
        return new Json(answer.toString());
    }

    private static String key(JobRef job) {
        return World.PREFIX + ":" + job.queue().value() + ":" + job.id().value();
    }
}
