package dev.aurochs.rocksdb;

import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.spi.QueueBackend;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was promised, kept outside of the store line by line, and what must be true of the store because of it. A line
 * is a verb, a job and perhaps a number; {@code tree} and {@code removing} announce a call, the others tell of its
 * acknowledgement. Not thread-safe.
 */
final class Ledger {
    /** What is known of one job. */
    private static final class Entry {
        private boolean added;
        private boolean removing;
        private JobState ending = JobState.WAITING;
        private int attempts;
    }

    private final Map<JobRef, Entry> entries = new LinkedHashMap<>();
    private final List<JobRef> trees = new ArrayList<>();
    private int acknowledged;

    void note(String line) {
        String[] words = line.split(" ");
        JobRef job = job(words[1]);
        Entry entry = entries.computeIfAbsent(job, unseen -> new Entry());
        switch (words[0]) {
            case "tree" -> trees.add(job);
            case "removing" -> entry.removing = true;
            case "added" -> entry.added = true;
            case "completed" -> entry.ending = JobState.COMPLETED;
            case "failed" -> entry.ending = JobState.FAILED;
            case "retried" -> entry.attempts = Math.max(entry.attempts, Integer.parseInt(words[2]));
            default -> throw new AssertionError(line);
        }
        if (!words[0].equals("tree") && !words[0].equals("removing")) acknowledged++;
    }

    int acknowledged() {
        return acknowledged;
    }

    static JobRef job(String text) {
        int colon = text.indexOf(':');
        return new JobRef(QueueName.of(text.substring(0, colon)), JobId.of(text.substring(colon + 1)));
    }

    /** The members of a tree by the name of its root, which ends with how many children it has: {@code p7of3}. */
    static List<JobRef> tree(JobRef root) {
        List<JobRef> members = new ArrayList<>(List.of(root));
        String id = root.id().value();
        int children = Integer.parseInt(id.substring(id.lastIndexOf("of") + 2));
        for (int i = 0; i < children; i++) members.add(new JobRef(MixedWork.PARTS, JobId.of(id + "-" + i)));
        return members;
    }

    /** Everything that is not as it was promised, in words; empty when all is well. */
    List<String> losses(QueueBackend backend) {
        List<String> losses = new ArrayList<>();
        entries.forEach((job, entry) -> {
            String found = backend.find(List.of(job))
                    .get(0)
                    .map(record -> problem(entry, record))
                    .orElseGet(() -> entry.added && !isRemoved(job) ? "is not there" : "");
            if (!found.isEmpty()) losses.add(job + " " + found);
        });
        for (JobRef root : trees) losses.addAll(treeLosses(backend, root));
        return losses;
    }

    private static String problem(Entry entry, JobRecord record) {
        if (entry.ending.isFinished() && record.state() != entry.ending)
            return "had ended " + entry.ending.label() + " and is "
                    + record.state().label();
        boolean repeats = record.runs().made() < entry.attempts;
        return repeats ? "had made attempt " + entry.attempts + " and repeats it" : "";
    }

    private boolean isRemoved(JobRef job) {
        return entries.get(job).removing
                || trees.stream()
                        .anyMatch(
                                root -> entries.get(root).removing && tree(root).contains(job));
    }

    private List<String> treeLosses(QueueBackend backend, JobRef root) {
        if (entries.get(root).removing) return List.of();
        List<Optional<JobRecord>> members = backend.find(tree(root));
        long there = members.stream().flatMap(Optional::stream).count();
        if (there == 0) return List.of();
        if (there < members.size()) return List.of("of the tree " + root + " there are " + there);
        boolean released = members.get(0).orElseThrow().state() != JobState.WAITING_CHILDREN;
        boolean ready = members.stream()
                .skip(1)
                .allMatch(child -> child.orElseThrow().state().isFinished());
        return released == ready ? List.of() : List.of(root + " waits and should not, or runs early");
    }

    Ledger copy() {
        Ledger copy = new Ledger();
        entries.forEach((job, entry) -> {
            Entry same = new Entry();
            same.added = entry.added;
            same.removing = entry.removing;
            same.ending = entry.ending;
            same.attempts = entry.attempts;
            copy.entries.put(job, same);
        });
        copy.trees.addAll(trees);
        copy.acknowledged = acknowledged;
        return copy;
    }
}
