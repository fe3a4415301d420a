package dev.aurochs.tck;

import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.JobCounts;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Page;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.JobReads;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What a test sees of the store, where the backend can look things up. */
public final class Look {
    private static final int PAGE = 1_000;

    private final QueueDriver driver;
    private final JobReads reads;

    Look(QueueDriver driver, JobReads reads) {
        this.driver = driver;
        this.reads = reads;
    }

    /** The stored job of that name, which must be there. */
    public JobRecord record(String name) {
        return find(name).orElseThrow(() -> new AssertionError("there is no job '" + name + "' any more"));
    }

    public Optional<JobRecord> find(String name) {
        return find(driver.ref(name));
    }

    public Optional<JobRecord> find(JobRef job) {
        return reads.find(List.of(job)).get(0);
    }

    /** The names of all jobs of the main queue in that state, in list order. */
    public List<String> names(JobState state) {
        return jobs(QueueName.of(QueueDriver.MAIN), state).stream()
                .map(JobRecord::name)
                .toList();
    }

    public long count(JobState state) {
        return counts(QueueDriver.MAIN).of(state).orElseThrow();
    }

    /** Refused where jobs cannot be looked up: what such a backend counts is only a part. */
    public JobCounts counts(String queue) {
        driver.need(Capability.LOOKUP);
        return reads.counts(QueueName.of(queue));
    }

    public List<String> log(String name) {
        return all(request -> reads.log(driver.ref(name), request));
    }

    /** The children of a job by name. */
    public Map<String, Child> children(String name) {
        Map<String, Child> children = new HashMap<>();
        children(driver.ref(name)).forEach(child -> children.put(driver.nameOf(child.job()), child));
        return children;
    }

    List<Child> children(JobRef parent) {
        return all(request -> reads.children(parent, request));
    }

    List<JobRecord> jobs(QueueName queue, JobState state) {
        return all(request -> reads.list(queue, state, request));
    }

    private static <T> List<T> all(Function<PageRequest, Page<T>> pages) {
        List<T> items = new ArrayList<>();
        Page<T> page = pages.apply(PageRequest.first(PAGE));
        items.addAll(page.items());
        while (page.next().isPresent()) {
            page = pages.apply(PageRequest.after(page.next().get(), PAGE));
            items.addAll(page.items());
        }
        return items;
    }
}
