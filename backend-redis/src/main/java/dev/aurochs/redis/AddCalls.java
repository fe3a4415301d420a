package dev.aurochs.redis;

import dev.aurochs.queue.job.QueueException;
import dev.aurochs.queue.job.QueueName;
import dev.aurochs.queue.spi.Added;
import dev.aurochs.redis.AddLine.Adds;
import dev.aurochs.redis.layout.Keys;
import dev.aurochs.redis.wire.Args;
import dev.aurochs.redis.wire.Pipe;
import dev.aurochs.redis.wire.Reply;
import dev.aurochs.redis.wire.Script;
import dev.aurochs.redis.wire.Wire;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** The calls that add loose jobs, those of one queue together. Thread-safe. */
final class AddCalls {
    /** One at work in the server, one that waits there: so neither side waits for the other. */
    private static final int MOST_ON_THE_WAY = 2;

    private final Wire wire;
    private final Keys keys;
    private final AddAnswer answer;

    AddCalls(Wire wire, Keys keys) {
        this.wire = wire;
        this.keys = keys;
        this.answer = new AddAnswer(keys);
    }

    /** What a call adds; jobs of one queue. */
    private record Call(QueueName queue, List<Adds> adds) {
        static List<Call> of(List<Adds> batch) {
            Map<QueueName, List<Adds>> byQueue = new LinkedHashMap<>();
            for (Adds adds : batch)
                byQueue.computeIfAbsent(adds.queue(), queue -> new ArrayList<>())
                        .add(adds);
            List<Call> calls = new ArrayList<>(byQueue.size());
            byQueue.forEach((queue, adds) -> calls.add(new Call(queue, adds)));
            return calls;
        }

        Instant now() {
            return adds.get(0).now();
        }

        /** Each job goes by the moment of its own caller. */
        Args args() {
            int units = 0;
            int unnamed = 0;
            for (Adds each : adds) {
                units += each.units();
                unnamed += each.unnamed();
            }
            Args args = new Args().add(queue.value()).add(units).add(unnamed);
            for (Adds each : adds) args.addAll(each.jobs());
            return args;
        }
    }

    /** Adds them in one exchange and completes their stages; what it throws fails them. */
    void send(Adds adds) {
        send(new Call(adds.queue(), List.of(adds)));
    }

    private void send(Call call) {
        complete(call, wire.run(Script.ADD_JOBS, keys.meta(call.queue()), call.now(), call.args()));
    }

    /**
     * Adds them, and what {@code more} has by then, until that has nothing and all answers have come. Completes all
     * stages.
     */
    void sendAll(List<Adds> first, Supplier<List<Adds>> more) {
        Stream stream = new Stream(more);
        try {
            wire.pipe(pipe -> stream.run(pipe, first));
        } catch (RuntimeException | Error broken) {
            first.forEach(adds -> adds.fail(broken));
            stream.onTheWay.forEach(call -> fail(call, broken));
        }
        for (Call call : stream.forgotten) sendAgain(call);
    }

    /** Calls of which the server has the next one before anybody looks at the answer of the one before. */
    private final class Stream {
        private final Supplier<List<Adds>> more;
        private final Deque<Call> onTheWay = new ArrayDeque<>();
        /** Those whose script the server did not know: it was restarted. They change nothing. */
        private final List<Call> forgotten = new ArrayList<>();

        Stream(Supplier<List<Adds>> more) {
            this.more = more;
        }

        void run(Pipe pipe, List<Adds> first) {
            send(pipe, first);
            while (!onTheWay.isEmpty()) {
                Runnable end = answer(pipe);
                fill(pipe);
                end.run();
                fill(pipe);
            }
        }

        private void fill(Pipe pipe) {
            if (onTheWay.size() < MOST_ON_THE_WAY && forgotten.isEmpty()) send(pipe, more.get());
        }

        private void send(Pipe pipe, List<Adds> batch) {
            List<Call> calls = Call.of(batch);
            onTheWay.addAll(calls);
            for (Call call : calls) pipe.send(Script.ADD_JOBS, keys.meta(call.queue()), call.now(), call.args());
        }

        /** Waits for the oldest answer; says what is to be done with it, which wakes those who wait for it. */
        private Runnable answer(Pipe pipe) {
            Call call = onTheWay.element();
            try {
                Reply answer = pipe.answer();
                onTheWay.remove();
                if (answer != null) return () -> completeOrFail(call, answer);
                forgotten.add(call);
                return () -> {};
            } catch (QueueException refusal) {
                onTheWay.remove();
                return () -> fail(call, refusal);
            }
        }
    }

    private void sendAgain(Call call) {
        try {
            send(call);
        } catch (RuntimeException | Error failure) {
            fail(call, failure);
        }
    }

    /** Whatever was answered, nobody waits for ever. */
    private void completeOrFail(Call call, Reply reply) {
        try {
            complete(call, reply);
        } catch (RuntimeException | Error unreadable) {
            fail(call, unreadable);
        }
    }

    private static void fail(Call call, Throwable failure) {
        for (Adds adds : call.adds()) adds.fail(failure);
    }

    private void complete(Call call, Reply reply) {
        Iterator<Reply> answers = reply.list().iterator();
        for (Adds adds : call.adds())
            for (CompletableFuture<List<Added>> stage : adds.stages())
                stage.complete(List.of(answer.read(answers.next())));
    }
}
