package dev.aurochs.tck.model;

import dev.aurochs.queue.job.JobBody;
import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.Lease;
import dev.aurochs.queue.job.NewJob;
import dev.aurochs.queue.job.ParentLink;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.spi.AddUnit;
import dev.aurochs.queue.spi.Added;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Adds one unit: first every member is judged, then all are stored, or none (rules A1–A10, A15, A19, F1, F15–F19). */
final class Adding {
    private final JobList list;
    private final Parents parents;
    private final Deduplicating deduplicating;
    private final List<NewJob> members;
    private final List<@Nullable Added> verdicts = new ArrayList<>();
    /** The member that stands for an id: the first that is not turned away. */
    private final Map<JobRef, Integer> standing = new HashMap<>();
    /** Whose child a job will be when the members judged so far are stored. */
    private final Map<JobRef, JobRef> parentsToBe = new HashMap<>();
    /** Members kept out by a deduplication id, which others of the unit may hold. */
    private final Set<Integer> keptOut = new HashSet<>();

    private final Set<String> taken = new HashSet<>();
    private final List<ModelJob> bereft = new ArrayList<>();

    Adding(JobList list, AddUnit unit) {
        this.list = list;
        this.parents = new Parents(list);
        this.deduplicating = new Deduplicating(list);
        this.members = unit.members();
    }

    List<Added> add() {
        for (NewJob member : members) {
            Added verdict = judge(member);
            verdicts.add(verdict);
            if (member.id() != null) remember(new JobRef(member.queue(), member.id()), member.parent(), verdict);
        }
        if (verdicts.stream().anyMatch(Adding::refuses)) return refusal();
        List<Added> answers = new ArrayList<>();
        List<ModelJob> linked = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            Added verdict = verdicts.get(i);
            if (verdict instanceof Added.AlreadyThere there) again(members.get(i), there.id(), linked);
            if (keptOut.contains(i)) answers.add(deduplicating.keepOut(members.get(i), idOf(members.get(i))));
            else answers.add(verdict == null ? store(members.get(i)) : verdict);
        }
        linked.forEach(this::countFinished);
        for (int i = 0; i < members.size(); i++)
            if (members.get(i).awaitsChildren() && answers.get(i) instanceof Added.Stored stored)
                parents.releaseWhenNonePends(known(new JobRef(members.get(i).queue(), stored.id())));
        bereft.forEach(parents::releaseWhenNonePends);
        return answers;
    }

    private static boolean refuses(@Nullable Added verdict) {
        return verdict instanceof Added.NoSuchParent || verdict instanceof Added.OtherParent;
    }

    private List<Added> refusal() {
        List<Added> answers = new ArrayList<>();
        for (Added verdict : verdicts)
            answers.add(verdict != null && refuses(verdict) ? verdict : new Added.NotStored());
        return answers;
    }

    private void remember(JobRef ref, @Nullable ParentLink link, @Nullable Added verdict) {
        if (!isThereByUnit(ref)) standing.put(ref, verdicts.size() - 1);
        boolean links = verdict == null || verdict instanceof Added.AlreadyThere;
        if (link != null && links) parentsToBe.put(ref, link.parent());
    }

    private boolean isThereByUnit(JobRef ref) {
        Integer member = standing.get(ref);
        return member != null && !(verdicts.get(member) instanceof Added.NotStored);
    }

    /** Null when the member is to be stored. */
    private @Nullable Added judge(NewJob member) {
        ParentLink link = member.parent();
        Integer parent = link == null ? null : standing.get(link.parent());
        if (parent != null && verdicts.get(parent) != null) return new Added.NotStored();
        if (link != null && parent == null && !isAlive(link.parent(), member.parentLease()))
            return new Added.NoSuchParent(link.parent());
        Added known = member.id() == null ? null : judge(member, member.id());
        return known == null && isKeptOut(member) ? new Added.NotStored() : known;
    }

    /** Null when the id is free. */
    private @Nullable Added judge(NewJob member, JobId id) {
        ParentLink link = member.parent();
        JobRef ref = new JobRef(member.queue(), id);
        if (!isThereByUnit(ref) && list.find(ref) == null) return null;
        JobRef before = parentOf(ref);
        boolean free = link == null || before == null || before.equals(link.parent()) || !lives(before);
        return free ? new Added.AlreadyThere(id) : new Added.OtherParent(before);
    }

    private boolean isKeptOut(NewJob member) {
        if (member.options().deduplication().isEmpty()) return false;
        String id = member.options().deduplication().get().id();
        boolean first = taken.add(member.queue() + ":" + id);
        if (first && !deduplicating.keepsOut(member)) return false;
        keptOut.add(verdicts.size());
        return true;
    }

    private @Nullable JobRef parentOf(JobRef ref) {
        if (parentsToBe.containsKey(ref)) return parentsToBe.get(ref);
        ModelJob there = list.find(ref);
        ParentLink link = there == null ? null : there.body.parent();
        return link == null ? null : link.parent();
    }

    private boolean lives(JobRef parent) {
        Integer inUnit = standing.get(parent);
        return inUnit != null && verdicts.get(inUnit) == null || isAlive(parent, null);
    }

    private boolean isAlive(JobRef parent, @Nullable Lease lease) {
        ModelJob job = list.find(parent);
        if (job == null || job.state.isFinished()) return false;
        return lease == null || job.isHeldBy(lease.token());
    }

    private JobId idOf(NewJob member) {
        return member.id() != null ? member.id() : JobId.of(Long.toString(list.queue(member.queue()).nextId++));
    }

    private Added store(NewJob member) {
        JobRef ref = new JobRef(member.queue(), idOf(member));
        if (member.options().deduplication().isPresent()) admit(member, ref);
        enter(
                list,
                new JobBody(
                        ref, member.name(), member.payload(), member.options(), member.createdAt(), member.parent()),
                member.awaitsChildren());
        if (member.parent() != null) parents.adopt(known(member.parent().parent()), ref);
        return new Added.Stored(ref.id());
    }

    /** The job takes its deduplication id; a delayed one that held it goes, as if it had been removed. */
    private void admit(NewJob member, JobRef ref) {
        ModelJob replaced = deduplicating.admit(member, ref);
        if (replaced == null) return;
        list.drop(replaced);
        list.tell(ref.queue(), new QueueEvent.Removed(replaced.ref, list.now(), replaced.state));
        ModelJob parent = parents.withoutRelease(replaced.body);
        if (parent != null) bereft.add(parent);
        deduplicating.replaced(member, ref, replaced.ref.id());
    }

    /** Stores a job whose id is free. */
    static void enter(JobList list, JobBody body, boolean awaitsChildren) {
        JobRef ref = body.ref();
        Instant due = JobList.wholeMillis(body.createdAt().plus(body.options().delay()));
        JobState state = awaitsChildren
                ? JobState.WAITING_CHILDREN
                : due.isAfter(list.now()) ? JobState.DELAYED : JobState.WAITING;
        ModelJob job = list.add(
                body, state, state == JobState.WAITING && body.options().lifo());
        list.tell(ref.queue(), new QueueEvent.Added(ref, list.now(), body.name()));
        if (state == JobState.DELAYED) job.dueAt = due;
        list.tell(ref.queue(), entered(list, job, due));
    }

    private static QueueEvent entered(JobList list, ModelJob job, Instant due) {
        return switch (job.state) {
            case WAITING_CHILDREN -> new QueueEvent.WaitingChildren(job.ref, list.now(), Optional.empty());
            case DELAYED -> new QueueEvent.Delayed(job.ref, list.now(), due);
            default -> new QueueEvent.Waiting(job.ref, list.now(), Optional.empty());
        };
    }

    /** The job was there: it becomes a child of its new parent. */
    private void again(NewJob member, JobId id, List<ModelJob> linked) {
        ModelJob job = known(new JobRef(member.queue(), id));
        list.tell(member.queue(), new QueueEvent.Duplicated(job.ref, list.now()));
        ParentLink link = member.parent();
        if (link == null) return;
        ModelJob parent = known(link.parent());
        if (job.isChildOf(parent.ref) && parent.children.containsKey(job.ref)) return;
        parents.removed(job.body);
        job.body = job.body.withParent(link);
        parents.adopt(parent, job.ref);
        linked.add(job);
    }

    private void countFinished(ModelJob job) {
        if (job.state == JobState.COMPLETED) parents.completed(job.body, job.result == null ? Json.NULL : job.result);
        if (job.state == JobState.FAILED) parents.failed(job.body, String.valueOf(job.failedReason));
    }

    private ModelJob known(JobRef ref) {
        ModelJob job = list.find(ref);
        if (job == null) throw new IllegalStateException("job " + ref + " was judged to be there");
        return job;
    }
}
