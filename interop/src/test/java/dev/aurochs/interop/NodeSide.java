package dev.aurochs.interop;

import static dev.aurochs.interop.Texts.json;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** Node's hands on a queue. */
record NodeSide(NodeQueue queue) implements Side {
    @Override
    public String add(String name, String data, String options) {
        return queue.add(name, data, options);
    }

    @Override
    public String addFlow(String childData, String childOptions) {
        String flow = "{name:'parent',queueName:'" + queue.name() + "',data:{},children:[{name:'child',queueName:'"
                + queue.name() + "',data:" + childData + ",opts:" + childOptions + "}]}";
        JsonNode added = queue.peer().ask("addFlow", "flow", json(flow));
        return added.path("children").get(0).path("job").path("id").asString();
    }

    @Override
    public List<String> addFamily(String parentOptions, String firstOptions, String secondOptions) {
        String child = "{name:'child',queueName:'" + queue.name() + "',data:{},opts:";
        String flow = "{name:'parent',queueName:'" + queue.name() + "',data:{},opts:" + parentOptions + ",children:["
                + child + firstOptions + "}," + child + secondOptions + "}]}";
        JsonNode added = queue.peer().ask("addFlow", "flow", json(flow));
        JsonNode below = added.path("children");
        return List.of(id(added), id(below.get(0)), id(below.get(1)));
    }

    private static String id(JsonNode added) {
        return added.path("job").path("id").asString();
    }

    @Override
    public void stepAround(Runnable meanwhile) {
        String id = queue.peer().ask("take", "queue", queue.name()).path("id").asString();
        meanwhile.run();
        queue.peer().ask("finish", "queue", queue.name(), "jobId", id);
    }

    @Override
    public void removeTree(String id) {
        queue.call("remove", id, json("{removeChildren:true}"));
    }

    @Override
    public void leaveParent(String parent, String child) {
        queue.job(child, "removeChildDependency");
    }

    @Override
    public void removePendingChildren(String parent) {
        queue.job(parent, "removeUnprocessedChildren");
    }

    @Override
    public void step() {
        queue.step();
    }

    @Override
    public void promote(String id) {
        queue.job(id, "promote");
    }

    @Override
    public void changeDelay(String id, long millis) {
        queue.job(id, "changeDelay", millis);
    }

    @Override
    public void changePriority(String id, int priority) {
        queue.job(id, "changePriority", json("{priority:" + priority + "}"));
    }

    @Override
    public void remove(String id) {
        queue.call("remove", id);
    }

    @Override
    public void retry(String id) {
        queue.job(id, "retry", queue.state(id));
    }

    @Override
    public void updateData(String id, String data) {
        queue.job(id, "updateData", json(data));
    }

    @Override
    public void addLog(String id, String line) {
        queue.call("addJobLog", id, line);
    }

    @Override
    public void pause() {
        queue.call("pause");
    }

    @Override
    public void resume() {
        queue.call("resume");
    }

    @Override
    public void drain(boolean delayed) {
        queue.call("drain", delayed);
    }

    @Override
    public void clean(String state) {
        queue.call("clean", 0, 0, state);
    }

    @Override
    public void retryAllFailed() {
        queue.call("retryJobs");
    }

    @Override
    public void obliterate() {
        queue.call("obliterate");
    }

    @Override
    public void setConcurrency(int most) {
        queue.call("setGlobalConcurrency", most);
    }

    @Override
    public void release(String deduplicationId) {
        queue.call("removeDeduplicationKey", deduplicationId);
    }
}
