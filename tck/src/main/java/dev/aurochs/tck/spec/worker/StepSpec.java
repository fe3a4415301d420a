package dev.aurochs.tck.spec.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.AddedFlow;
import dev.aurochs.queue.FlowNode;
import dev.aurochs.queue.Handler;
import dev.aurochs.queue.Job;
import dev.aurochs.queue.JobContext;
import dev.aurochs.queue.RunResult;
import dev.aurochs.queue.job.InvalidInputException;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.WrongStateException;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.Traits.Leasing;
import dev.aurochs.queue.spi.UnsupportedCapabilityException;
import dev.aurochs.tck.QueueDriver;
import dev.aurochs.tck.Requires;
import dev.aurochs.tck.Rule;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Jobs as users write them that give themselves children while they run, and work in steps. */
@Requires(Capability.DYNAMIC_CHILDREN)
public abstract class StepSpec {
    @Rule({"F13", "F11"})
    @DisplayName("F13: a handler adds trees to its job and waits for them; its next run reads their results")
    @Test
    void addsTrees(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            CompletableFuture<List<AddedFlow>> added = new CompletableFuture<>();
            working(shop);
            Ended job = run(shop, 0, Json.class, (payload, context) -> {
                if (!context.children().isEmpty()) return sum(context);
                added.complete(context.addChildren(List.of(
                        part(1), part(2), FlowNode.of(Workshop.OTHER, "sum").withChildren(part(3), part(4)))));
                return RunResult.waitForChildren();
            });
            assertThat(job.result()).hasToString("10");
            assertThat(job.runs()).isEqualTo(2);
            List<AddedFlow> trees = Workshop.get(added);
            assertThat(trees).extracting(tree -> tree.children().size()).containsExactly(0, 0, 2);
            assertThat(trees).allMatch(tree -> tree.job().isNew());
        }
    }

    /** What a job that works in steps keeps in its payload. */
    record Progress(String step, int found) {}

    @Rule({"F13", "R11"})
    @DisplayName("F13: a handler knows by its payload in which step it is, and adds children in several of them")
    @Test
    void steps(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            working(shop);
            Ended job = run(shop, new Progress("search", 0), Progress.class, (progress, context) -> {
                if (context.hasPendingChildren()) return RunResult.waitForChildren();
                switch (progress.step()) {
                    case "search" -> {
                        context.addChild(part(20));
                        context.updatePayload(new Progress("refine", 0));
                        return RunResult.waitForChildren();
                    }
                    case "refine" -> {
                        int found = sum(context);
                        context.addChildren(List.of(part(found + 1), part(found + 2)));
                        context.updatePayload(new Progress("report", found));
                        return RunResult.waitForChildren();
                    }
                    default -> {
                        return progress.found() + " of " + sum(context);
                    }
                }
            });
            assertThat(job.result()).hasToString("\"20 of 63\"");
            assertThat(job.runs()).isEqualTo(3);
        }
    }

    @Rule({"F13", "F16", "A9"})
    @Requires({Capability.DYNAMIC_CHILDREN, Capability.UNIQUE_IDS})
    @DisplayName("F13: children with own ids are not added twice by a run that is repeated")
    @Test
    void repeatedRun(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            AtomicInteger parts = working(shop);
            List<Boolean> stored = new CopyOnWriteArrayList<>();
            Ended job = run(shop, 0, Json.class, (payload, context) -> {
                if (stored.size() < 2) {
                    FlowNode child = part(7).withOptions(own(context.id() + "-part"));
                    stored.add(context.addChild(child).job().isNew());
                }
                if (stored.size() < 2) return RunResult.postpone(Duration.ofMillis(1));
                return context.hasPendingChildren() ? RunResult.waitForChildren() : sum(context);
            });
            assertThat(job.result()).hasToString("7");
            assertThat(stored).containsExactly(true, false);
            assertThat(parts).hasValue(1);
        }
    }

    @Rule({"F15", "F16"})
    @Requires({Capability.DYNAMIC_CHILDREN, Capability.UNIQUE_IDS})
    @DisplayName(
            "F15: a run that lost its lease adds no more children, and is told so; the next finds those with own ids")
    @Test
    void lostLease(QueueDriver q) {
        q.need(Capability.DYNAMIC_CHILDREN);
        q.need(Capability.UNIQUE_IDS);
        try (Workshop shop = Workshop.over(q)) {
            if (shop.queues().info().traits().leasing() != Leasing.RENEWED) return;
            Gate gate = new Gate();
            CompletableFuture<RuntimeException> refused = new CompletableFuture<>();
            shop.worker()
                    .options(shop.quickLeases()
                            .name("silent")
                            .stalledInterval(Duration.ofDays(1))
                            .build())
                    .on("stepwise", Json.class, (payload, context) -> {
                        addUnlessRefused(context, part(7).withOptions(own("the-part")), refused);
                        gate.passDeaf(context.name());
                        addUnlessRefused(context, part(100), refused);
                        return "of the silent one";
                    })
                    .start();
            Job job = shop.add("stepwise");
            gate.awaitEntered(1);
            shop.tap().cutRenewals("silent");
            CompletableFuture<Boolean> stored = new CompletableFuture<>();
            shop.worker()
                    .options(shop.quickLeases().name("sweeping").build())
                    .on("stepwise", Json.class, (payload, context) -> {
                        if (refused.isDone()) return "refused before";
                        AddedFlow part = context.addChild(part(7).withOptions(own("the-part")));
                        stored.complete(part.job().isNew());
                        return context.hasPendingChildren() ? RunResult.waitForChildren() : sum(context);
                    })
                    .start();
            AtomicInteger parts = working(shop);
            Json result = shop.result(job);
            gate.open();
            RuntimeException refusal = Workshop.get(refused);
            if (refusal instanceof UnsupportedCapabilityException) throw refusal;
            assertThat(refusal)
                    .isInstanceOf(WrongStateException.class)
                    .hasMessageContaining("add children to")
                    .hasMessageContaining("lost");
            assertThat(result).hasToString("7");
            assertThat(Workshop.get(stored)).as("stored by the second run").isFalse();
            assertThat(parts).hasValue(1);
        }
    }

    private static void addUnlessRefused(JobContext job, FlowNode child, CompletableFuture<RuntimeException> refused) {
        try {
            job.addChild(child);
        } catch (WrongStateException | UnsupportedCapabilityException refusal) {
            refused.complete(refusal);
        }
    }

    @Rule("F13")
    @DisplayName("F13: a refused child is named by its path, and none of the call is stored")
    @Test
    void refusals(QueueDriver q) {
        try (Workshop shop = Workshop.over(q)) {
            AtomicInteger parts = working(shop);
            Ended job = run(shop, 0, Json.class, (payload, context) -> {
                FlowNode bad = part(1).withChildren(FlowNode.of(Workshop.OTHER, "bad\n"));
                try {
                    context.addChildren(List.of(part(1), bad));
                } catch (InvalidInputException refusal) {
                    return refusal.field() + ", children: " + context.children().size();
                }
                return "went through";
            });
            assertThat(job.result()).hasToString("\"children[1].children[0].job name, children: 0\"");
            assertThat(parts).hasValue(0);
        }
    }

    /** How a stepwise job ended. */
    private record Ended(Json result, int runs) {}

    /** Runs a job to its end; what its handler was refused for want of a capability is thrown here. */
    private static <T> Ended run(Workshop shop, Object payload, Class<T> type, Handler<T> handler) {
        AtomicInteger runs = new AtomicInteger();
        AtomicReference<@Nullable UnsupportedCapabilityException> refused = new AtomicReference<>();
        shop.worker()
                .on("stepwise", type, (given, context) -> {
                    runs.incrementAndGet();
                    try {
                        return handler.run(given, context);
                    } catch (UnsupportedCapabilityException refusal) {
                        refused.set(refusal);
                        return refusal.getMessage();
                    }
                })
                .start();
        Json result = shop.result(shop.add("stepwise", payload));
        UnsupportedCapabilityException refusal = refused.get();
        if (refusal != null) {
            shop.queue().settings();
            throw refusal;
        }
        return new Ended(result, runs.get());
    }

    private static JobOptions own(String id) {
        return JobOptions.builder().id(id).build();
    }

    private static int sum(JobContext context) {
        return context.childResults(Integer.class).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    private static FlowNode part(int number) {
        return FlowNode.of(Workshop.OTHER, "part", number);
    }

    /** A worker for the children; answers how many parts have run. */
    private static AtomicInteger working(Workshop shop) {
        AtomicInteger parts = new AtomicInteger();
        shop.queues()
                .worker(Workshop.OTHER)
                .on("part", Integer.class, (number, context) -> {
                    parts.incrementAndGet();
                    return number;
                })
                .on("sum", Json.class, (payload, context) -> sum(context))
                .start();
        return parts;
    }
}
