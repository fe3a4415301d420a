package dev.aurochs.tck;

import dev.aurochs.tck.spec.AddSpec;
import dev.aurochs.tck.spec.ApiWalkSpec;
import dev.aurochs.tck.spec.BackendSpec;
import dev.aurochs.tck.spec.ChangeSpec;
import dev.aurochs.tck.spec.ClaimSpec;
import dev.aurochs.tck.spec.CrossingSpec;
import dev.aurochs.tck.spec.DeduplicationSpec;
import dev.aurochs.tck.spec.DelaySpec;
import dev.aurochs.tck.spec.DynamicChildrenSpec;
import dev.aurochs.tck.spec.EventReaderSpec;
import dev.aurochs.tck.spec.EventSpec;
import dev.aurochs.tck.spec.FailedSetSpec;
import dev.aurochs.tck.spec.FenceSpec;
import dev.aurochs.tck.spec.FlowAddSpec;
import dev.aurochs.tck.spec.FlowAgainSpec;
import dev.aurochs.tck.spec.FlowPolicySpec;
import dev.aurochs.tck.spec.FlowSpec;
import dev.aurochs.tck.spec.LinkSpec;
import dev.aurochs.tck.spec.LogSpec;
import dev.aurochs.tck.spec.NameSpec;
import dev.aurochs.tck.spec.PauseSpec;
import dev.aurochs.tck.spec.PrioritySpec;
import dev.aurochs.tck.spec.QueueLimitSpec;
import dev.aurochs.tck.spec.QueueListSpec;
import dev.aurochs.tck.spec.RateLimitSpec;
import dev.aurochs.tck.spec.ReadSpec;
import dev.aurochs.tck.spec.RemoveSpec;
import dev.aurochs.tck.spec.ReopenSpec;
import dev.aurochs.tck.spec.ReplacementSpec;
import dev.aurochs.tck.spec.RetentionSpec;
import dev.aurochs.tck.spec.RunSpec;
import dev.aurochs.tck.spec.ScheduleChangeSpec;
import dev.aurochs.tck.spec.ScheduleSpec;
import dev.aurochs.tck.spec.StallSpec;
import dev.aurochs.tck.spec.SweepSpec;
import dev.aurochs.tck.spec.ValueSpec;
import dev.aurochs.tck.spec.WaitSpec;
import dev.aurochs.tck.spec.WalkSpec;
import dev.aurochs.tck.spec.worker.CloseSpec;
import dev.aurochs.tck.spec.worker.ConcurrencySpec;
import dev.aurochs.tck.spec.worker.FlowProducerSpec;
import dev.aurochs.tck.spec.worker.HandlerSpec;
import dev.aurochs.tck.spec.worker.KeepingSpec;
import dev.aurochs.tck.spec.worker.ListenerSpec;
import dev.aurochs.tck.spec.worker.ManualSpec;
import dev.aurochs.tck.spec.worker.OutageSpec;
import dev.aurochs.tck.spec.worker.ProducerSpec;
import dev.aurochs.tck.spec.worker.QueuesSpec;
import dev.aurochs.tck.spec.worker.RecurringSpec;
import dev.aurochs.tck.spec.worker.RetrySpec;
import dev.aurochs.tck.spec.worker.StepSpec;
import dev.aurochs.tck.spec.worker.StopSpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The kit's table of contents. Extend it in your module, say how to open your backend, and run it like any test class.
 *
 * <p>With several consumers in one module, give each a Surefire execution of its own with a report-name suffix: nested
 * results of two consumers are merged otherwise.
 */
@ExtendWith(TckExtension.class)
public abstract class QueueBackendTck {
    /** For JUnit. */
    protected QueueBackendTck() {}

    /** A fresh fixture; called once per test. */
    protected abstract BackendFixture fixture();

    @Nested
    @DisplayName("names and ids")
    class Names extends NameSpec {}

    @Nested
    @DisplayName("values")
    class Values extends ValueSpec {}

    @Nested
    @DisplayName("adding")
    class Adds extends AddSpec {}

    @Nested
    @DisplayName("deduplication")
    class Deduplications extends DeduplicationSpec {}

    @Nested
    @DisplayName("deduplication that replaces or remembers")
    class Replacements extends ReplacementSpec {}

    @Nested
    @DisplayName("claims")
    class Claims extends ClaimSpec {}

    @Nested
    @DisplayName("waiting for work")
    class Waits extends WaitSpec {}

    @Nested
    @DisplayName("leases and fences")
    class Fences extends FenceSpec {}

    @Nested
    @DisplayName("delays")
    class Delays extends DelaySpec {}

    @Nested
    @DisplayName("priority and order")
    class Priorities extends PrioritySpec {}

    @Nested
    @DisplayName("runs and retries")
    class Runs extends RunSpec {}

    @Nested
    @DisplayName("flows")
    class Flows extends FlowSpec {}

    @Nested
    @DisplayName("child failure policies")
    class FlowPolicies extends FlowPolicySpec {}

    @Nested
    @DisplayName("flows of known jobs")
    class FlowAdds extends FlowAddSpec {}

    @Nested
    @DisplayName("children added while running")
    class DynamicChildren extends DynamicChildrenSpec {}

    @Nested
    @DisplayName("families out of turn")
    class FlowsAgain extends FlowAgainSpec {}

    @Nested
    @DisplayName("features that meet")
    class Crossings extends CrossingSpec {}

    @Nested
    @DisplayName("stalls")
    class Stalls extends StallSpec {}

    @Nested
    @DisplayName("rate limits")
    class RateLimits extends RateLimitSpec {}

    @Nested
    @DisplayName("limits of a queue")
    class QueueLimits extends QueueLimitSpec {}

    @Nested
    @DisplayName("pause")
    class Pauses extends PauseSpec {}

    @Nested
    @DisplayName("retention")
    class Retentions extends RetentionSpec {}

    @Nested
    @DisplayName("changes from outside")
    class Changes extends ChangeSpec {}

    @Nested
    @DisplayName("failed jobs")
    class FailedSets extends FailedSetSpec {}

    @Nested
    @DisplayName("links that are cut")
    class Links extends LinkSpec {}

    @Nested
    @DisplayName("removal")
    class Removals extends RemoveSpec {}

    @Nested
    @DisplayName("changes to many jobs")
    class Sweeps extends SweepSpec {}

    @Nested
    @DisplayName("logs")
    class Logs extends LogSpec {}

    @Nested
    @DisplayName("events")
    class Events extends EventSpec {}

    @Nested
    @DisplayName("event readers")
    class EventReaders extends EventReaderSpec {}

    @Nested
    @DisplayName("looking")
    class Reads extends ReadSpec {}

    @Nested
    @DisplayName("queue listing")
    class QueueLists extends QueueListSpec {}

    @Nested
    @DisplayName("the backend itself")
    class Backends extends BackendSpec {}

    @Nested
    @DisplayName("reopening")
    class Reopening extends ReopenSpec {}

    @Nested
    @DisplayName("worker: handlers")
    class Handlers extends HandlerSpec {}

    @Nested
    @DisplayName("worker: retries")
    class WorkerRetries extends RetrySpec {}

    @Nested
    @DisplayName("worker: concurrency")
    class Concurrency extends ConcurrencySpec {}

    @Nested
    @DisplayName("worker: stopping a run")
    class Stops extends StopSpec {}

    @Nested
    @DisplayName("worker: closing")
    class Closing extends CloseSpec {}

    @Nested
    @DisplayName("worker: outages")
    class Outages extends OutageSpec {}

    @Nested
    @DisplayName("worker: what it keeps")
    class Keeps extends KeepingSpec {}

    @Nested
    @DisplayName("worker: by hand")
    class Manual extends ManualSpec {}

    @Nested
    @DisplayName("listeners")
    class Listeners extends ListenerSpec {}

    @Nested
    @DisplayName("producers")
    class Producers extends ProducerSpec {}

    @Nested
    @DisplayName("flow producers")
    class FlowProducers extends FlowProducerSpec {}

    @Nested
    @DisplayName("worker: children and steps")
    class Steps extends StepSpec {}

    @Nested
    @DisplayName("queues as a whole")
    class Whole extends QueuesSpec {}

    @Nested
    @DisplayName("random walks")
    class Walks extends WalkSpec {}

    @Nested
    @DisplayName("random walks through the API")
    class ApiWalks extends ApiWalkSpec {}

    @Nested
    @DisplayName("schedules")
    class JobSchedules extends ScheduleSpec {}

    @Nested
    @DisplayName("changing schedules")
    class ScheduleChanges extends ScheduleChangeSpec {}

    @Nested
    @DisplayName("recurring jobs of a worker")
    class Recurring extends RecurringSpec {}
}
