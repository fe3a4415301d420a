package dev.aurochs.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.ScheduleRecord;
import dev.aurochs.queue.spi.BulkAction;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.Settled;
import dev.aurochs.queue.spi.Settlement;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lets everything that a test left behind run to its end and checks that each acknowledged job was seen: the one
 * invariant that every backend can be held to.
 */
final class RunToEnd {
    private static final int AT_ONCE = 100;
    private static final int ROUNDS_PER_STEP = 10_000;
    private static final int LONGEST_UNITS = 30;

    private final QueueDriver driver;
    private final Map<QueueName, WorkerDriver> workers = new LinkedHashMap<>();

    private RunToEnd(QueueDriver driver) {
        this.driver = driver;
    }

    /** Nobody wants to wait for it where time really passes and nothing shortens a delay. */
    static boolean isTooLong(JobDraft draft, QueueDriver driver) {
        TestTime time = driver.time();
        boolean waits = !time.isVirtual() && !driver.has(Capability.CHANGE_WAITING);
        return waits && draft.options(time).delay().compareTo(time.units(LONGEST_UNITS)) > 0;
    }

    static void of(QueueDriver driver) {
        new RunToEnd(driver).run();
    }

    private void run() {
        driver.resumeAll();
        removeSchedules();
        driver.attached().forEach(WorkerDriver::close);
        for (QueueName queue : driver.ledger().queues()) workers.put(queue, driver.attach(draft(queue)));
        work();
        for (Duration span : spans()) {
            if (!driver.time().isVirtual()) {
                if (unseen().isEmpty()) return;
                promoteAll();
            }
            driver.time().pass(span);
            work();
        }
        assertThat(unseen()).as("acknowledged jobs that never ended").isEmpty();
    }

    /** Their jobs would come for ever; those that wait already still run. */
    private void removeSchedules() {
        if (!driver.has(Capability.SCHEDULES)) return;
        PageRequest all = PageRequest.first(1_000);
        for (QueueName queue : driver.ledger().queues())
            for (ScheduleRecord record : driver.raw().schedules(queue, all).items())
                driver.raw().removeSchedule(queue, record.id(), driver.now());
    }

    /** Some delays are longer than anybody wants to wait. */
    private void promoteAll() {
        if (!driver.has(Capability.CHANGE_WAITING)) return;
        for (QueueName queue : driver.ledger().queues())
            driver.raw().sweep(queue, new BulkAction.PromoteAll(), ROUNDS_PER_STEP, driver.now());
    }

    /**
     * Together long enough for the delays and leases of all specs; under virtual time for the longest delay there is.
     * Where time really passes it does so in small steps, and only while somebody is owed an end.
     */
    private List<Duration> spans() {
        TestTime time = driver.time();
        if (!time.isVirtual()) return Collections.nCopies(LONGEST_UNITS, time.units(1));
        return List.of(time.units(10), time.units(20), Duration.ofDays(4_000));
    }

    private void work() {
        boolean progress = true;
        for (int round = 0; progress; round++) {
            assertThat(round)
                    .as("rounds of running to the end; does a job come again and again?")
                    .isLessThan(ROUNDS_PER_STEP);
            progress = false;
            for (Map.Entry<QueueName, WorkerDriver> queue : workers.entrySet()) {
                driver.recover(draft(queue.getKey()));
                List<Run> runs = queue.getValue().claim(AT_ONCE);
                end(queue.getValue(), runs);
                progress |= !runs.isEmpty();
            }
        }
    }

    private static void end(WorkerDriver worker, List<Run> runs) {
        List<Settled> answers = worker.settle(runs.stream()
                .map(run -> new Settlement(run.lease(), run.completed("null")))
                .toList());
        for (int i = 0; i < runs.size(); i++) {
            Settled answer = answers.get(i);
            boolean childrenStop =
                    answer instanceof Settled.ChildrenPending || answer instanceof Settled.ChildrenFailed;
            if (childrenStop) runs.get(i).fail("ended by the kit: " + answer);
            else
                assertThat(answer)
                        .as("completing '%s' at the end", runs.get(i).name())
                        .isEqualTo(new Settled.Done());
        }
    }

    private Set<String> unseen() {
        Set<JobRef> owed = driver.ledger().owed();
        driver.look(look -> owed.removeIf(
                job -> look.find(job).map(record -> record.state().isFinished()).orElse(false)));
        Set<String> names = new LinkedHashSet<>();
        owed.forEach(job -> names.add(driver.nameOf(job)));
        return names;
    }

    private static WorkerDraft draft(QueueName queue) {
        return WorkerDraft.worker("last").on(queue.value()).capacity(AT_ONCE).maxStalls(Integer.MAX_VALUE);
    }
}
