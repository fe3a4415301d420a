package dev.aurochs.engine;

import dev.aurochs.engine.Step.Entry;
import dev.aurochs.engine.store.Family;
import dev.aurochs.engine.store.StateRow;
import dev.aurochs.queue.job.JobBody;
import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobOptions;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.JobStatus;
import dev.aurochs.queue.job.Json;
import dev.aurochs.queue.job.NewJob;
import dev.aurochs.queue.job.ParentLink;
import dev.aurochs.queue.job.QueueEvent;
import dev.aurochs.queue.job.QueueName;
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

/** Adds one unit: everything is checked before anything is written (rules A1–A11, A19, F1, F15–F19). */
final class AddJobs {
    private final Step step;
    private final List<NewJob> members;
    /** What became of each member so far; null while it is to be stored. */
    private final List<@Nullable Added> answers = new ArrayList<>();

    private final Map<JobRef, Integer> inUnit = new HashMap<>();
    /** Whose child a job will be when the members judged so far are stored. */
    private final Map<JobRef, ParentLink> linked = new HashMap<>();
    /** Members that were there before and have a new parent now. */
    private final List<JobBody> repeated = new ArrayList<>();

    /** Members that a deduplication id keeps out; judged as not stored. */
    private final Set<Integer> keptOut = new HashSet<>();

    private final Set<DeduplicationId> taken = new HashSet<>();

    /** Parents that lost their last child to a member; others of the unit may still become theirs. */
    private final List<StateRow> bereft = new ArrayList<>();

    private record DeduplicationId(QueueName queue, String id) {}

    private AddJobs(Step step, AddUnit unit) {
        this.step = step;
        this.members = unit.members();
    }

    static List<Added> add(Step step, AddUnit unit) {
        return new AddJobs(step, unit).add();
    }

    private List<Added> add() {
        for (NewJob member : members) {
            answers.add(judge(member));
            if (member.id() != null) remember(member, answers.size() - 1);
        }
        if (answers.stream().anyMatch(AddJobs::refuses)) return refusal();
        List<Added> done = new ArrayList<>(members.size());
        for (int i = 0; i < members.size(); i++) {
            Added answer = answers.get(i);
            if (answer == null) answer = store(members.get(i));
            else if (keptOut.contains(i)) answer = keepOut(members.get(i));
            else if (answer instanceof Added.AlreadyThere there) repeat(members.get(i), there.id());
            done.add(answer);
        }
        repeated.forEach(this::countFinished);
        for (int i = 0; i < members.size(); i++)
            if (members.get(i).awaitsChildren() && done.get(i) instanceof Added.Stored stored)
                releaseIfChildless(new JobRef(members.get(i).queue(), stored.id()));
        bereft.forEach(parent -> releaseIfChildless(parent.job()));
        return done;
    }

    private static boolean refuses(@Nullable Added answer) {
        return answer instanceof Added.NoSuchParent || answer instanceof Added.OtherParent;
    }

    private List<Added> refusal() {
        List<Added> refused = new ArrayList<>(members.size());
        for (Added answer : answers) refused.add(answer != null && refuses(answer) ? answer : new Added.NotStored());
        return refused;
    }

    /** Null when the member is to be stored. */
    private @Nullable Added judge(NewJob member) {
        ParentLink link = member.parent();
        if (link != null) {
            Integer parent = inUnit.get(link.parent());
            if (parent == null && !canAdopt(member, link)) return new Added.NoSuchParent(link.parent());
            if (parent != null && answers.get(parent) != null) return new Added.NotStored();
        }
        Added known = member.id() == null ? null : known(member, member.id());
        return known == null && isKeptOut(member) ? new Added.NotStored() : known;
    }

    /** Null for an id that is free. */
    private @Nullable Added known(NewJob member, JobId id) {
        ParentLink link = member.parent();
        JobRef ref = new JobRef(member.queue(), id);
        Integer twin = answers(ref) instanceof Added.NotStored ? null : inUnit.get(ref);
        boolean isThere = twin != null || step.state(ref) != null;
        if (!isThere) return null;
        ParentLink before = parentOf(ref);
        return link == null || before == null || before.parent().equals(link.parent()) || isOver(before.parent())
                ? new Added.AlreadyThere(id)
                : new Added.OtherParent(before.parent());
    }

    private boolean isKeptOut(NewJob member) {
        Deduplicator deduplicator = deduplicator(member);
        if (deduplicator == null) return false;
        String id = member.options().deduplication().orElseThrow().id();
        boolean shut = !taken.add(new DeduplicationId(member.queue(), id)) || deduplicator.keepsOut(member);
        if (shut) keptOut.add(answers.size());
        return shut;
    }

    private @Nullable Deduplicator deduplicator(NewJob member) {
        return Deduplicator.of(step, member.queue(), member.options().deduplication());
    }

    /** The member that stands for an id: the first one that is not turned away. */
    private void remember(NewJob job, int member) {
        JobRef ref = new JobRef(job.queue(), job.id());
        if (answers(ref) instanceof Added.NotStored) inUnit.put(ref, member);
        else inUnit.putIfAbsent(ref, member);
        Added answer = answers.get(member);
        boolean links = answer == null || answer instanceof Added.AlreadyThere;
        if (links && job.parent() != null) linked.put(ref, job.parent());
    }

    private @Nullable ParentLink parentOf(JobRef ref) {
        ParentLink inUnit = linked.get(ref);
        JobBody stored = inUnit == null ? step.rows().body(ref) : null;
        return stored == null ? inUnit : stored.parent();
    }

    private @Nullable Added answers(JobRef ref) {
        Integer member = inUnit.get(ref);
        return member == null ? null : answers.get(member);
    }

    private boolean canAdopt(NewJob member, ParentLink link) {
        StateRow parent = step.state(link.parent());
        if (parent == null || parent.state().isFinished()) return false;
        return member.parentLease() == null
                || member.parentLease().token().equals(parent.standing().token());
    }

    private boolean isOver(JobRef parent) {
        Integer member = inUnit.get(parent);
        if (member != null && answers.get(member) == null) return false;
        StateRow state = step.state(parent);
        return state == null || state.state().isFinished();
    }

    private Added store(NewJob member) {
        JobId id = idOf(member);
        JobRef ref = new JobRef(member.queue(), id);
        Deduplicator deduplicator = deduplicator(member);
        if (deduplicator != null) deduplicator.admit(member, id, bereft);
        JobBody body = new JobBody(
                ref, member.name(), member.payload(), member.options(), member.createdAt(), member.parent());
        enter(step, body, member.awaitsChildren());
        if (member.parent() != null) adopt(member.parent(), ref);
        return new Added.Stored(id);
    }

    private Added keepOut(NewJob member) {
        Deduplicator deduplicator = deduplicator(member);
        if (deduplicator == null) throw new IllegalStateException("nothing keeps out '" + member.name() + "'");
        return deduplicator.keepOut(member, idOf(member));
    }

    private JobId idOf(NewJob member) {
        return member.id() != null
                ? member.id()
                : JobId.of(Long.toString(step.queue(member.queue()).drawId()));
    }

    /** Stores a job whose id is free, in its first place. */
    static void enter(Step step, JobBody body, boolean awaitsChildren) {
        JobOptions options = body.options();
        Instant due = body.createdAt().plus(options.delay());
        JobState state = awaitsChildren
                ? JobState.WAITING_CHILDREN
                : due.isAfter(step.now()) ? JobState.DELAYED : JobState.WAITING;
        JobStatus status = Statuses.fresh(state, options.priority(), state == JobState.DELAYED ? due : null);
        step.insert(
                body,
                status,
                Family.NONE,
                state == JobState.WAITING && options.lifo() ? Entry.FRONT : Entry.BACK,
                addedEvents(step, body, status));
    }

    /** The job was there: it is linked to its new parent. */
    private void repeat(NewJob member, JobId id) {
        JobRef ref = new JobRef(member.queue(), id);
        step.append(member.queue(), List.of(new QueueEvent.Duplicated(ref, step.now())));
        ParentLink link = member.parent();
        if (link == null) return;
        JobBody before = step.body(ref);
        boolean isChild = before.parent() != null && before.parent().parent().equals(link.parent());
        if (isChild && step.rows().child(link.parent(), ref) != null) return;
        Families.childRemoved(step, before);
        JobBody body = before.withParent(link);
        step.rows().putBody(body);
        adopt(link, ref);
        repeated.add(body);
    }

    /** A linked job that has finished counts, once the parent has all its children. */
    private void countFinished(JobBody body) {
        StateRow state = stored(body.ref());
        if (state.state() == JobState.COMPLETED) {
            Json result = state.status().result();
            Families.childCompleted(step, body, result == null ? Json.NULL : result);
        } else if (state.state() == JobState.FAILED) {
            Families.childFailed(step, body, String.valueOf(state.status().failedReason()));
        }
    }

    private void releaseIfChildless(JobRef parent) {
        StateRow state = step.state(parent);
        if (state == null) return;
        if (state.state() == JobState.WAITING_CHILDREN && state.family().pending() == 0) Families.release(step, state);
    }

    private void adopt(ParentLink link, JobRef child) {
        Families.adopt(step, stored(link.parent()), child);
    }

    private StateRow stored(JobRef job) {
        StateRow state = step.state(job);
        if (state == null) throw new IllegalStateException("job " + job + " was just there");
        return state;
    }

    private static List<QueueEvent> addedEvents(Step step, JobBody body, JobStatus status) {
        JobRef ref = body.ref();
        QueueEvent entered;
        if (status.state() == JobState.WAITING_CHILDREN)
            entered = new QueueEvent.WaitingChildren(ref, step.now(), Optional.empty());
        else if (status.dueAt() != null) entered = new QueueEvent.Delayed(ref, step.now(), status.dueAt());
        else entered = new QueueEvent.Waiting(ref, step.now(), Optional.empty());
        return List.of(new QueueEvent.Added(ref, step.now(), body.name()), entered);
    }
}
