package dev.aurochs.queue.internal;

import dev.aurochs.queue.job.JobRecord;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.Lease;
import dev.aurochs.queue.job.LeaseToken;
import dev.aurochs.queue.job.Page;
import dev.aurochs.queue.job.PageRequest;
import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.Outcome;
import dev.aurochs.queue.spi.Settled;
import dev.aurochs.queue.spi.Settlement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims whose answer got lost. They may have leased jobs that nobody runs and whose leases this session would keep
 * alive, so they are given back before anything else is claimed: every running job is tried under the token of the lost
 * claim, and those of others are fenced off. For one thread.
 */
final class LostClaims {
    private static final Logger LOG = LoggerFactory.getLogger(LostClaims.class);
    private static final int AT_ONCE = 1_000;

    private final Attached worker;
    private final Set<LeaseToken> tokens = new LinkedHashSet<>();

    LostClaims(Attached worker) {
        this.worker = worker;
    }

    /** The claim with this token may have been carried out. Where jobs cannot be listed, the broker takes them back. */
    void add(LeaseToken token) {
        if (worker.setup().backend().info().has(Capability.LOOKUP)) tokens.add(token);
    }

    /** When it throws because the store is away, it is to be called again. */
    void giveBack() {
        while (!tokens.isEmpty()) {
            LeaseToken token = tokens.iterator().next();
            List<Settlement> all = settlements(token);
            for (int from = 0; from < all.size(); from += AT_ONCE)
                giveBack(all.subList(from, Math.min(all.size(), from + AT_ONCE)));
            tokens.remove(token);
        }
    }

    private void giveBack(List<Settlement> batch) {
        List<CompletionStage<Settled>> answers =
                worker.session().settle(batch, worker.setup().time().instant());
        for (int i = 0; i < batch.size(); i++)
            if (Stages.join(answers.get(i), "giving back") instanceof Settled.Done)
                LOG.warn(
                        "gave back job {}: the answer to its claim was lost",
                        batch.get(i).lease().job());
    }

    private List<Settlement> settlements(LeaseToken token) {
        List<Settlement> all = new ArrayList<>();
        PageRequest request = PageRequest.first(AT_ONCE);
        while (true) {
            Page<JobRecord> page = worker.setup().backend().list(worker.setup().queue(), JobState.ACTIVE, request);
            for (JobRecord job : page.items())
                all.add(new Settlement(new Lease(job.ref(), token), new Outcome.GivenBack()));
            if (page.next().isEmpty()) return all;
            request = PageRequest.after(page.next().get(), AT_ONCE);
        }
    }
}
