package dev.aurochs.rabbitmq.flow;

import dev.aurochs.queue.job.Child;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.spi.Added;
import dev.aurochs.rabbitmq.message.Family;
import dev.aurochs.rabbitmq.message.FlowMessage.Member;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The jobs of one add, and who is whose child. */
record Unit(List<Member> members) {
    Unit {
        members = List.copyOf(members);
    }

    JobRef first() {
        return members.get(0).ref();
    }

    private Set<JobRef> refs() {
        Set<JobRef> refs = new LinkedHashSet<>();
        for (Member member : members) refs.add(member.ref());
        return refs;
    }

    /** The children in this unit of each parent, in their order. */
    private Map<JobRef, List<JobRef>> families() {
        Map<JobRef, List<JobRef>> families = new LinkedHashMap<>();
        for (Member member : members)
            member.parent()
                    .ifPresent(parent -> families.computeIfAbsent(parent, ref -> new ArrayList<>())
                            .add(member.ref()));
        return families;
    }

    /** Parents that are not in this unit, with the children that they get. */
    Map<JobRef, List<JobRef>> joining() {
        Map<JobRef, List<JobRef>> joining = families();
        joining.keySet().removeAll(refs());
        return joining;
    }

    /** Each child knows how many results its parent's ledger has at least when all are in. */
    Unit counted(Map<JobRef, Integer> joined) {
        Map<JobRef, Integer> expected = new LinkedHashMap<>();
        families().forEach((parent, children) -> expected.put(parent, children.size()));
        expected.putAll(joined);
        return new Unit(members.stream()
                .map(member -> member.parent()
                        .map(parent -> new Member(
                                Family.of(member.job())
                                        .withExpected(expected.getOrDefault(parent, 0))
                                        .on(member.job()),
                                member.awaits()))
                        .orElse(member))
                .toList());
    }

    /** Members with children in this unit, which wait for them. */
    List<Member> parents() {
        Set<JobRef> parents = families().keySet();
        return members.stream().filter(member -> parents.contains(member.ref())).toList();
    }

    /** Members that may run as soon as they are in place. */
    List<Member> leaves() {
        Set<JobRef> parents = families().keySet();
        return members.stream()
                .filter(member -> !parents.contains(member.ref()))
                .toList();
    }

    List<Child> childrenOf(Member parent) {
        return families().getOrDefault(parent.ref(), List.of()).stream()
                .map(child -> new Child(child, Child.Status.PENDING, null, null))
                .toList();
    }

    List<Added> stored() {
        return members.stream()
                .map(member -> (Added) new Added.Stored(member.ref().id()))
                .toList();
    }

    /** That parent is not there, so nothing is stored. */
    List<Added> refused(JobRef missing) {
        return members.stream()
                .map(member -> member.parent().equals(Optional.of(missing))
                        ? (Added) new Added.NoSuchParent(missing)
                        : new Added.NotStored())
                .toList();
    }
}
