package dev.aurochs.tck;

import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.QueueName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a test was promised: which jobs were acknowledged, and what has become of them as far as the test saw. */
final class Ledger {
    private final Map<String, JobRef> byName = new HashMap<>();
    private final Map<JobRef, String> names = new HashMap<>();
    private final Set<JobRef> owed = new LinkedHashSet<>();
    private final Set<JobRef> finished = new LinkedHashSet<>();
    private final Set<JobRef> stuck = new HashSet<>();
    private final Set<QueueName> queues = new TreeSet<>();

    synchronized void stored(String name, JobRef job) {
        if (byName.put(name, job) != null) throw new AssertionError("the spec uses the name '" + name + "' twice");
        names.put(job, name);
        owed.add(job);
        queues.add(job.queue());
    }

    synchronized void alreadyThere(String name, JobRef job) {
        byName.putIfAbsent(name, job);
        names.putIfAbsent(job, name);
        queues.add(job.queue());
    }

    /** Ended in sight of the test. */
    synchronized void finished(JobRef job) {
        owed.remove(job);
        finished.add(job);
    }

    /** Runs again, by the test's own doing. */
    synchronized void revived(JobRef job) {
        finished.remove(job);
        owed.add(job);
    }

    /** Gone, by the test's own doing or by retention. */
    synchronized void gone(JobRef job) {
        owed.remove(job);
        finished.remove(job);
    }

    /** Will never end, as the rules have it. */
    synchronized void stuck(JobRef job) {
        stuck.add(job);
    }

    synchronized void touched(QueueName queue) {
        queues.add(queue);
    }

    synchronized JobRef ref(String name) {
        JobRef job = byName.get(name);
        if (job == null) throw new AssertionError("the spec never stored a job named '" + name + "'");
        return job;
    }

    synchronized String name(JobRef job) {
        return names.getOrDefault(job, job.toString());
    }

    /** True for a job that was acknowledged, or said to be there, at some time. */
    synchronized boolean knows(JobRef job) {
        return names.containsKey(job);
    }

    /** Acknowledged, not gone, and not seen to end. */
    synchronized Set<JobRef> owed() {
        Set<JobRef> rest = new LinkedHashSet<>(owed);
        rest.removeAll(stuck);
        return rest;
    }

    /** Acknowledged and not gone. */
    synchronized Set<JobRef> kept() {
        Set<JobRef> all = new LinkedHashSet<>(owed);
        all.addAll(finished);
        return all;
    }

    synchronized Set<QueueName> queues() {
        return new TreeSet<>(queues);
    }
}
