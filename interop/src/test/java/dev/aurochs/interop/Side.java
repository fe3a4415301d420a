package dev.aurochs.interop;

import java.util.List;

/** One library's hands on a queue, a step at a time; ids and options in BullMQ's words. */
interface Side {
    /** Answers the job's id. */
    String add(String name, String data, String options);

    /** Adds a parent with one child in the same queue; answers the child's id. */
    String addFlow(String childData, String childOptions);

    /** Adds a parent with two children in the same queue; answers the parent's id and the children's. */
    List<String> addFamily(String parentOptions, String firstOptions, String secondOptions);

    /** Takes the next job, and does something else before it runs it and stores its end. */
    void stepAround(Runnable meanwhile);

    /** Removes a job with all that is below it. */
    void removeTree(String id);

    /** Cuts the link of a child to the parent that waits for it. */
    void leaveParent(String parent, String child);

    void removePendingChildren(String parent);

    /** Takes the next job, runs it as its payload says, and stores its end. */
    void step();

    void promote(String id);

    void changeDelay(String id, long millis);

    void changePriority(String id, int priority);

    void remove(String id);

    void retry(String id);

    void updateData(String id, String data);

    void addLog(String id, String line);

    void pause();

    void resume();

    void drain(boolean delayed);

    /** Removes the jobs of a state: {@code completed}, {@code failed}, {@code delayed} or {@code wait}. */
    void clean(String state);

    void retryAllFailed();

    void obliterate();

    void setConcurrency(int most);

    void release(String deduplicationId);
}
