package dev.aurochs.rocksdb.bytes;

import dev.aurochs.engine.store.Place;
import dev.aurochs.queue.job.JobId;
import dev.aurochs.queue.job.JobRef;
import dev.aurochs.queue.job.JobState;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.job.SessionId;

/**
 * Every key in the store. Nothing else builds or reads one.
 *
 * <table>
 * <caption>The keyspace: the first byte, the parts of the key, the row</caption>
 * <tr><th>table</th><th>byte</th><th>family</th><th>key</th><th>row</th></tr>
 * <tr><td>META</td><td>01</td><td>default</td><td>name</td><td>a number: {@code owner-epoch}</td></tr>
 * <tr><td>STATES</td><td>02</td><td>default</td><td>queue, id</td><td>what changes while a job lives</td></tr>
 * <tr><td>CHILDREN</td><td>03</td><td>default</td><td>parent's queue, id, child's queue, id</td>
 *     <td>the child as its parent sees it</td></tr>
 * <tr><td>QUEUES</td><td>04</td><td>default</td><td>queue</td><td>counters, settings, limiter window</td></tr>
 * <tr><td>SESSIONS</td><td>05</td><td>default</td><td>session</td><td>expiry, owner epoch</td></tr>
 * <tr><td>BANDS</td><td>06</td><td>default</td><td>queue, state, lane, rank</td><td>count and cursor</td></tr>
 * <tr><td>SCHEDULES</td><td>07</td><td>default</td><td>queue, id</td><td>a schedule, and where it stands</td></tr>
 * <tr><td>DEDUPLICATIONS</td><td>08</td><td>default</td><td>queue, deduplication id</td>
 *     <td>the job that holds it, until when, and who comes next</td></tr>
 * <tr><td>DAMAGED</td><td>0f</td><td>default</td><td>the key it had</td><td>the problem, the bytes it had</td></tr>
 * <tr><td>BODIES</td><td>11</td><td>bodies</td><td>queue, id</td><td>what was added</td></tr>
 * <tr><td>FAILURES</td><td>12</td><td>bodies</td><td>queue, id</td><td>the newest failed runs</td></tr>
 * <tr><td>LOG</td><td>13</td><td>bodies</td><td>queue, id, number</td><td>one line</td></tr>
 * <tr><td>PLACES</td><td>21</td><td>places</td><td>queue, state, lane, rank, seq, id</td>
 *     <td>nothing, or the priority when the state follows from the place</td></tr>
 * <tr><td>EVENTS</td><td>31</td><td>events</td><td>queue, seq</td><td>the events of one step</td></tr>
 * </table>
 *
 * <p>Names, ids and lanes are texts: UTF-8, 00 written as 00 FF, ended by 00 01. A state is one byte: 00 waiting,
 * 01 delayed, 02 active, 03 waiting-children, 04 completed, 05 failed. All other parts are numbers of eight bytes,
 * big-endian, sign bit flipped. So bytes compare as parts do, and a place's key as the place itself.
 */
public final class Keyspace {
    private Keyspace() {}

    public static byte[] meta(String name) {
        return new KeyWriter(Table.META).text(name).toBytes();
    }

    public static byte[] state(JobRef job) {
        return of(Table.STATES, job).toBytes();
    }

    /** The job whose state, body or failures stand under a key, or to which a child or log line belongs. */
    public static JobRef job(byte[] key) {
        Table table = Table.of(key);
        if (table == Table.BODIES) return body(key).job();
        return KeyReader.read(key, table, in -> {
            JobRef job = in.job();
            in.rest();
            return job;
        });
    }

    public static byte[] body(BodyKey body) {
        return bodyKey(body.job().queue())
                .number(body.addedPriority())
                .text(body.job().id().value())
                .toBytes();
    }

    public static BodyKey body(byte[] key) {
        return KeyReader.read(key, Table.BODIES, in -> {
            QueueName queue = QueueName.of(in.text());
            int addedPriority = (int) in.number();
            return new BodyKey(new JobRef(queue, JobId.of(in.text())), addedPriority);
        });
    }

    public static KeyRange bodies(QueueName queue) {
        return KeyRange.ofPrefix(bodyKey(queue).toBytes());
    }

    /** Where the bodies of a queue begin that were added with a priority. */
    public static byte[] bodies(QueueName queue, int addedPriority) {
        return bodyKey(queue).number(addedPriority).toBytes();
    }

    private static KeyWriter bodyKey(QueueName queue) {
        return new KeyWriter(Table.BODIES).text(queue.value());
    }

    public static byte[] failures(JobRef job) {
        return of(Table.FAILURES, job).toBytes();
    }

    public static byte[] child(JobRef parent, JobRef child) {
        return of(Table.CHILDREN, parent)
                .text(child.queue().value())
                .text(child.id().value())
                .toBytes();
    }

    /** The child in a key of {@link #child}. */
    public static JobRef child(byte[] key) {
        return KeyReader.read(key, Table.CHILDREN, in -> {
            in.job();
            return in.job();
        });
    }

    public static KeyRange children(JobRef parent) {
        return KeyRange.ofPrefix(of(Table.CHILDREN, parent).toBytes());
    }

    public static byte[] queue(QueueName queue) {
        return new KeyWriter(Table.QUEUES).text(queue.value()).toBytes();
    }

    public static QueueName queue(byte[] key) {
        return KeyReader.read(key, Table.QUEUES, in -> QueueName.of(in.text()));
    }

    public static byte[] session(SessionId id) {
        return new KeyWriter(Table.SESSIONS).text(id.value()).toBytes();
    }

    public static SessionId session(byte[] key) {
        return KeyReader.read(key, Table.SESSIONS, in -> new SessionId(in.text()));
    }

    public static byte[] schedule(QueueName queue, String id) {
        return new KeyWriter(Table.SCHEDULES).text(queue.value()).text(id).toBytes();
    }

    /** The id in a key of {@link #schedule(QueueName, String)}. */
    public static String schedule(byte[] key) {
        return KeyReader.read(key, Table.SCHEDULES, in -> {
            in.text();
            return in.text();
        });
    }

    public static KeyRange schedules(QueueName queue) {
        return KeyRange.ofPrefix(
                new KeyWriter(Table.SCHEDULES).text(queue.value()).toBytes());
    }

    public static byte[] band(BandKey band) {
        return of(Table.BANDS, band).number(band.rank()).toBytes();
    }

    public static BandKey band(byte[] key) {
        return KeyReader.read(
                key,
                Table.BANDS,
                in -> new BandKey(
                        QueueName.of(in.text()), Codes.value(Codes.STATES, in.octet()), in.text(), in.number()));
    }

    public static byte[] deduplication(QueueName queue, String id) {
        return new KeyWriter(Table.DEDUPLICATIONS).text(queue.value()).text(id).toBytes();
    }

    /** The queue in a key of {@link #deduplication}. */
    public static QueueName deduplicationQueue(byte[] key) {
        return KeyReader.read(key, Table.DEDUPLICATIONS, in -> {
            QueueName queue = QueueName.of(in.text());
            in.text();
            return queue;
        });
    }

    /** The deduplication id in a key of {@link #deduplication}. */
    public static String deduplicationId(byte[] key) {
        return KeyReader.read(key, Table.DEDUPLICATIONS, in -> {
            in.text();
            return in.text();
        });
    }

    public static KeyRange deduplications(QueueName queue) {
        return KeyRange.ofPrefix(
                new KeyWriter(Table.DEDUPLICATIONS).text(queue.value()).toBytes());
    }

    public static byte[] log(JobRef job, long number) {
        return of(Table.LOG, job).number(number).toBytes();
    }

    public static KeyRange log(JobRef job) {
        return KeyRange.ofPrefix(of(Table.LOG, job).toBytes());
    }

    public static byte[] events(QueueName queue, long seq) {
        return new KeyWriter(Table.EVENTS).text(queue.value()).number(seq).toBytes();
    }

    /** The seq in a key of {@link #events(QueueName, long)}. */
    public static long eventSeq(byte[] key) {
        return KeyReader.read(key, Table.EVENTS, in -> {
            in.text();
            return in.number();
        });
    }

    public static KeyRange events(QueueName queue) {
        return KeyRange.ofPrefix(new KeyWriter(Table.EVENTS).text(queue.value()).toBytes());
    }

    public static byte[] place(Place place) {
        return new KeyWriter(Table.PLACES)
                .text(place.queue().value())
                .octet(Codes.STATES.indexOf(place.state()))
                .text(place.lane())
                .number(place.rank())
                .number(place.seq())
                .text(place.id().value())
                .toBytes();
    }

    public static Place place(byte[] key) {
        return KeyReader.read(key, Table.PLACES, in -> {
            QueueName queue = QueueName.of(in.text());
            JobState state = Codes.value(Codes.STATES, in.octet());
            return new Place(queue, state, in.text(), in.number(), in.number(), JobId.of(in.text()));
        });
    }

    /** The places of a band. */
    public static KeyRange places(BandKey band) {
        KeyWriter prefix = of(Table.PLACES, band);
        if (band.state() != JobState.WAITING) return KeyRange.ofPrefix(prefix.toBytes());
        byte[] from = prefix.number(band.rank()).toBytes();
        byte[] until = of(Table.PLACES, band).number(band.rank() + 1).toBytes();
        return new KeyRange(from, until);
    }

    /** Where a damaged row is kept that stood under {@code key}. */
    public static byte[] damaged(byte[] key) {
        return new KeyWriter(Table.DAMAGED).raw(key).toBytes();
    }

    /** The key under which a damaged row stood. */
    public static byte[] original(byte[] damagedKey) {
        return KeyReader.read(damagedKey, Table.DAMAGED, KeyReader::rest);
    }

    public static KeyRange all(Table table) {
        return KeyRange.ofPrefix(new byte[] {(byte) table.code()});
    }

    private static KeyWriter of(Table table, JobRef job) {
        return new KeyWriter(table).text(job.queue().value()).text(job.id().value());
    }

    private static KeyWriter of(Table table, BandKey band) {
        return new KeyWriter(table)
                .text(band.queue().value())
                .octet(Codes.STATES.indexOf(band.state()))
                .text(band.lane());
    }
}
