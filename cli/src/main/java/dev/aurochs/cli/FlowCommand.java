package dev.aurochs.cli;

import dev.aurochs.cli.input.FlowReader;
import dev.aurochs.cli.input.FlowReader.FlowJob;
import dev.aurochs.cli.input.JsonArguments;
import dev.aurochs.cli.output.Document;
import dev.aurochs.queue.FlowNode;
import dev.aurochs.queue.Job;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code flow}: adds a tree of jobs, all or nothing. */
@Command(
        name = "flow",
        header = "Add a tree of jobs, all or nothing, and print the root's id.",
        customSynopsis = "aurochs flow FILE.json [OPTIONS]",
        sortOptions = false,
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nThe file:%n",
        footer = {
            "  {\"name\": \"upload\", \"queueName\": \"uploads\", \"data\": {\"picture\": \"bull.png\"},",
            "   \"children\": [",
            "     {\"name\": \"optimize\", \"queueName\": \"pictures\", \"opts\": {\"attempts\": 3}},",
            "     {\"name\": \"check\", \"queueName\": \"checks\", \"opts\": {\"failParentOnFailure\": true}}]}",
            "",
            "A parent runs when all its children have finished; children may have children, in any queue.",
            "opts are BullMQ's names and milliseconds: attempts, backoff (a number, or {type, delay, jitter}),",
            "delay, priority, lifo, jobId, removeOnComplete and removeOnFail (true, false, a count, or {count, age}",
            "with age in seconds), keepLogs, stackTraceLimit, sizeLimit; and what a child's final failure means",
            "for its parent: failParentOnFailure, continueParentOnFailure, ignoreDependencyOnFailure or",
            "removeDependencyOnFailure. Unknown keys are refused."
        })
final class FlowCommand extends QueueCommand {
    @Parameters(index = "0", paramLabel = "FILE", description = "The tree, as JSON.")
    private Path file;

    @Mixin
    private JsonOption output;

    @Override
    public Integer call() throws Exception {
        FlowJob flow = FlowReader.read(file.toString(), JsonArguments.file(file));
        return withQueues(queues -> {
            Job root = queues.flows().add(node(flow)).job();
            if (!root.isNew()) tell(JobLines.notAdded(root, flow.options()));
            print(output.isSet() ? document(root, flow).toString() : root.id().value());
            return Exit.DONE;
        });
    }

    private static FlowNode node(FlowJob job) {
        List<FlowNode> children = new ArrayList<>(job.children().size());
        for (FlowJob child : job.children()) children.add(node(child));
        return new FlowNode(job.queue(), job.name(), job.data(), job.options(), children);
    }

    private static Document document(Job root, FlowJob flow) {
        return new Document()
                .put("id", root.id().value())
                .put("queue", root.ref().queue().value())
                .put("added", root.isNew())
                .put("jobs", root.isNew() ? flow.size() : 0);
    }
}
