package dev.aurochs.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.Deduplication;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.NewJob;
import dev.aurochs.queue.spi.AddUnit;
import dev.aurochs.queue.spi.BackendInfo;
import dev.aurochs.queue.spi.BulkAction;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.Changed;
import dev.aurochs.queue.spi.EventBatch;
import dev.aurochs.queue.spi.JobChange;
import dev.aurochs.queue.spi.QueueBackend;
import dev.aurochs.queue.spi.Settled;
import dev.aurochs.queue.spi.Swept;
import dev.aurochs.queue.spi.UnsupportedCapabilityException;
import dev.aurochs.tck.BackendFixture;
import dev.aurochs.tck.QueueBackendTck;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** The kit is tested too: backends that break one rule must fail the test that names it. */
@Tag("once")
class KitCatchesTest {
    @Test
    @DisplayName("a backend that delivers early fails D1")
    void early() {
        assertThat(failed(Early.class, "Delays")).contains("D1");
    }

    @Test
    @DisplayName("a backend that ignores priority fails P1")
    void ignoresPriority() {
        assertThat(failed(IgnoresPriority.class, "Priorities")).contains("P1");
    }

    @Test
    @DisplayName("a backend that forgets the parent fails F2")
    void forgetsParent() {
        assertThat(failed(ForgetsParent.class, "Flows")).contains("F2");
    }

    @Test
    @DisplayName("a backend that lets anybody add children to a running job fails F15")
    void forgetsParentsLease() {
        assertThat(failed(ForgetsParentsLease.class, "DynamicChildren")).contains("F15");
    }

    @Test
    @DisplayName("a backend that says a link is cut and keeps it fails K19 and K20")
    void keepsLinks() {
        assertThat(failed(KeepsLinks.class, "Links")).contains("K19", "K20");
    }

    @Test
    @DisplayName("a backend that knows one mode of deduplication only fails A13, A14, A15 and A16")
    void oneMode() {
        assertThat(failed(OneMode.class, "Deduplications")).contains("A13", "A14");
        assertThat(failed(OneMode.class, "Replacements")).contains("A15", "A16");
    }

    @Test
    @DisplayName("a backend that says it has let go of an id and keeps it fails A17 and A18")
    void neverReleases() {
        assertThat(failed(NeverReleases.class, "Deduplications")).contains("A17", "A18");
    }

    @Test
    @DisplayName("a backend that reports success to whoever asks fails C6 and C7")
    void unfenced() {
        assertThat(failed(Unfenced.class, "Fences")).contains("C6", "C7");
    }

    @Test
    @DisplayName("a backend that acknowledges and forgets fails A1")
    void forgetsAdds() {
        assertThat(failed(ForgetsAdds.class, "Adds")).contains("A1");
    }

    @Test
    @DisplayName("a backend that never recovers fails S1")
    void neverRecovers() {
        assertThat(failed(NeverRecovers.class, "Stalls")).contains("S1");
    }

    @Test
    @DisplayName("a backend that keeps its events to itself fails E3")
    void silent() {
        assertThat(failed(Silent.class, "EventReaders")).contains("E3");
    }

    @Test
    @DisplayName("a backend that does what it does not declare fails the refusals, and the promise")
    void undeclared() {
        assertThat(failed(Undeclared.class, "Priorities")).contains("P3");
        assertThat(failed(Undeclared.class, "Backends")).contains("B1");
    }

    @Test
    @DisplayName("a backend that refuses too late, when something has changed already, fails its refusals")
    void refusesTooLate() {
        assertThat(failed(RefusesTooLate.class, "Priorities")).contains("P3");
    }

    @Test
    @DisplayName("a backend that leaves a thread behind fails every test")
    void leaksThread() {
        assertThat(failed(LeaksThread.class, "QueueLists")).contains("V7");
    }

    static class Early extends Broken {
        Early() {
            super(call -> call.name().equals("claim")
                    ? call.proceedWith(2, ((Instant) call.arguments()[2]).plus(Duration.ofHours(1)))
                    : call.proceed());
        }
    }

    static class IgnoresPriority extends Broken {
        IgnoresPriority() {
            super(changedJobs(
                    job -> with(job, job.options().toBuilder().priority(0).build(), job.awaitsChildren())));
        }
    }

    static class ForgetsParent extends Broken {
        ForgetsParent() {
            super(changedJobs(job -> with(job, job.options(), false)));
        }
    }

    static class ForgetsParentsLease extends Broken {
        ForgetsParentsLease() {
            super(changedJobs(job -> new NewJob(
                    job.queue(),
                    job.idSource(),
                    job.id(),
                    job.name(),
                    job.payload(),
                    job.options(),
                    job.createdAt(),
                    job.parent(),
                    null,
                    job.awaitsChildren())));
        }
    }

    static class KeepsLinks extends Broken {
        KeepsLinks() {
            super(call -> {
                boolean cuts = call.name().equals("change")
                        && (call.arguments()[1] instanceof JobChange.LeaveParent
                                || call.arguments()[1] instanceof JobChange.RemoveChildren);
                return cuts ? new Changed.Done() : call.proceed();
            });
        }
    }

    static class OneMode extends Broken {
        OneMode() {
            super(changedJobs(job -> with(job, plain(job.options()), job.awaitsChildren())));
        }

        private static JobOptions plain(JobOptions options) {
            JobOptions.Builder plain = options.toBuilder();
            options.deduplication().ifPresent(id -> plain.deduplication(Deduplication.untilFinished(id.id())));
            return plain.build();
        }
    }

    /** Says that it has let go of ids, and of queues. */
    static class NeverReleases extends Broken {
        NeverReleases() {
            super(call -> {
                if (call.name().equals("releaseDeduplication")) return true;
                boolean obliterates =
                        call.name().equals("sweep") && call.arguments()[1] instanceof BulkAction.Obliterate;
                return obliterates ? new Swept(0, false) : call.proceed();
            });
        }
    }

    static class Unfenced extends Broken {
        Unfenced() {
            super(call -> {
                Object answer = call.proceed();
                if (!call.name().equals("settle")) return answer;
                return ((List<?>) answer)
                        .stream()
                                .map(ignored -> CompletableFuture.<Settled>completedFuture(new Settled.Done()))
                                .toList();
            });
        }
    }

    static class ForgetsAdds extends Broken {
        ForgetsAdds() {
            super(call -> call.name().equals("add") ? List.copyOf((List<?>) forget(call)) : call.proceed());
        }

        /** Stores in a store of its own. */
        private static Object forget(Twist.Call call) throws Throwable {
            try (QueueBackend elsewhere = new MemoryFixture().open()) {
                return QueueBackend.class
                        .getMethod("add", List.class, Instant.class)
                        .invoke(elsewhere, call.arguments());
            }
        }
    }

    static class NeverRecovers extends Broken {
        NeverRecovers() {
            super(call -> call.name().equals("recoverStalled") ? List.of() : call.proceed());
        }
    }

    static class Silent extends Broken {
        Silent() {
            super(call -> {
                if (!call.name().equals("read")) return call.proceed();
                EventBatch batch = (EventBatch) call.proceedWith(1, Duration.ZERO);
                return new EventBatch(List.of(), batch.next(), false);
            });
        }
    }

    static class Undeclared extends Broken {
        Undeclared() {
            super(call -> call.name().equals("info") ? without((BackendInfo) call.proceed()) : call.proceed());
        }
    }

    static class RefusesTooLate extends Broken {
        RefusesTooLate() {
            super(call -> {
                Object answer = call.proceed();
                if (call.name().equals("info")) return without((BackendInfo) answer);
                if (call.name().equals("add")) throw refusal();
                return answer;
            });
        }

        private static RuntimeException refusal() {
            return new UnsupportedCapabilityException(Capability.LIFO, "broken", "do without");
        }
    }

    static class LeaksThread extends Broken {
        LeaksThread() {
            super(call -> {
                if (call.name().equals("close")) leak();
                return call.proceed();
            });
        }

        private static void leak() {
            Thread thread = new Thread(() -> {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException end) {
                    Thread.currentThread().interrupt();
                }
            });
            thread.setName("aurochs-leak");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** The memory backend with one thing wrong. */
    abstract static class Broken extends QueueBackendTck {
        private final Twist twist;

        Broken(Twist twist) {
            this.twist = twist;
        }

        @Override
        protected BackendFixture fixture() {
            return new MemoryFixture() {
                @Override
                public QueueBackend open() {
                    return twist.over(super.open());
                }
            };
        }
    }

    private static Twist changedJobs(UnaryOperator<NewJob> change) {
        return call -> {
            if (!call.name().equals("add")) return call.proceed();
            List<AddUnit> units = ((List<?>) call.arguments()[0])
                    .stream()
                            .map(unit -> new AddUnit(((AddUnit) unit)
                                    .members().stream().map(change).toList()))
                            .toList();
            return call.proceedWith(0, units);
        };
    }

    private static NewJob with(NewJob job, JobOptions options, boolean awaitsChildren) {
        return new NewJob(
                job.queue(),
                job.idSource(),
                job.id(),
                job.name(),
                job.payload(),
                options,
                job.createdAt(),
                awaitsChildren == job.awaitsChildren() ? job.parent() : null,
                job.parentLease(),
                awaitsChildren);
    }

    private static BackendInfo without(BackendInfo info) {
        Set<Capability> fewer = EnumSet.copyOf(info.capabilities());
        fewer.remove(Capability.LIFO);
        return new BackendInfo(info.name(), info.address(), fewer, info.traits(), info.limits(), info.threads());
    }

    /** The rules whose tests fail, by the titles of those tests. */
    private static Set<String> failed(Class<? extends Broken> broken, String part) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(DiscoverySelectors.selectNestedClass(
                        List.of(broken.getName()), QueueBackendTck.class.getName() + "$" + part))
                .execute()
                .testEvents()
                .failed()
                .stream()
                .map(KitCatchesTest::rule)
                .collect(Collectors.toSet());
    }

    private static String rule(Event failure) {
        String title = failure.getTestDescriptor().getDisplayName();
        return title.substring(0, Math.max(0, title.indexOf(':')));
    }
}
