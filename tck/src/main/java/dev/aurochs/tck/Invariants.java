package dev.aurochs.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.JobCounts;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.spi.Flaw;
import dev.aurochs.queue.spi.Renewed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What holds after every test, whatever it did; only what the backend's capabilities let be seen. */
final class Invariants {
    private final QueueDriver driver;
    private final Look look;
    private final Map<JobRef, JobState> places = new HashMap<>();

    private Invariants(QueueDriver driver, Look look) {
        this.driver = driver;
        this.look = look;
    }

    static void check(QueueDriver driver) {
        driver.look(look -> new Invariants(driver, look).check());
    }

    private void check() {
        for (QueueName queue : driver.ledger().queues()) onePlaceEach(queue);
        everyAcknowledgedJobIsKept();
        leasesBelongToActiveJobs();
        theStoreAgreesWithItself();
        for (QueueName queue : driver.ledger().queues()) {
            look.jobs(queue, JobState.WAITING_CHILDREN).forEach(this::waitsForSomebody);
        }
    }

    private void onePlaceEach(QueueName queue) {
        JobCounts counts = look.counts(queue.value());
        for (JobState state : JobState.values()) {
            List<JobRecord> jobs = look.jobs(queue, state);
            assertThat(counts.of(state)).as("count of %s in %s", state, queue).hasValue(jobs.size());
            for (JobRecord job : jobs) {
                assertThat(job.state())
                        .as("state of %s, listed as %s", job.ref(), state)
                        .isEqualTo(state);
                assertThat(places.put(job.ref(), state))
                        .as("%s is in two places", job.ref())
                        .isNull();
            }
        }
        List<JobRecord> waiting = look.jobs(queue, JobState.WAITING);
        long prioritized =
                waiting.stream().filter(job -> job.status().priority() > 0).count();
        counts.prioritized()
                .ifPresent(count ->
                        assertThat(count).as("prioritized in %s", queue).isEqualTo(prioritized));
        boolean paused = driver.raw().settings(queue).paused();
        counts.paused()
                .ifPresent(count -> assertThat(count).as("paused in %s", queue).isEqualTo(paused ? waiting.size() : 0));
    }

    private void everyAcknowledgedJobIsKept() {
        for (JobRef job : driver.ledger().kept()) {
            assertThat(places)
                    .as("the places, which should have %s", driver.nameOf(job))
                    .containsKey(job);
            assertThat(look.find(job).map(JobRecord::state))
                    .as("found state of %s", job)
                    .contains(places.get(job));
        }
    }

    private void leasesBelongToActiveJobs() {
        for (WorkerDriver worker : driver.attached()) {
            for (Run run : worker.open()) {
                if (run.renew() instanceof Renewed.Lost) continue;
                assertThat(places.get(run.job()))
                        .as("'%s' is leased", run.name())
                        .isEqualTo(JobState.ACTIVE);
            }
        }
    }

    private void theStoreAgreesWithItself() {
        List<Flaw> flaws = new ArrayList<>();
        driver.raw().selfCheck().ifPresent(store -> store.check(false, driver.now(), flaws::add));
        assertThat(flaws).as("flaws that the store finds in itself").isEmpty();
    }

    private void waitsForSomebody(JobRecord parent) {
        List<Child> pending = look.children(parent.ref()).stream()
                .filter(child -> child.status() == Child.Status.PENDING)
                .toList();
        assertThat(pending)
                .as("pending children of '%s', which waits for them", parent.name())
                .isNotEmpty();
        for (Child child : pending) {
            Optional<JobRecord> record = look.find(child.job());
            assertThat(record)
                    .as("the pending child %s of '%s'", child.job(), parent.name())
                    .isPresent();
            assertThat(record.map(JobRecord::state))
                    .as("state of a pending child")
                    .isNotEqualTo(Optional.of(JobState.COMPLETED));
        }
    }
}
