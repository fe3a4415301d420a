package dev.aurochs.tck.fault;

import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.BackendUnavailableException.Outcome;
import dev.aurochs.queue.spi.EventReader;
import dev.aurochs.queue.spi.QueueBackend;
import dev.aurochs.queue.spi.Settled;
import dev.aurochs.queue.spi.SettledThenClaimed;
import dev.aurochs.queue.spi.WorkSession;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A backend of which one operation fails now and then, in one way: every third call or so, as the seed has it, and at
 * most a number of times. Thread-safe.
 */
public final class FaultyBackend {
    private static final int ONE_IN = 3;
    private static final long LATE_MILLIS = 20;

    private final QueueBackend target;
    private final String operation;
    private final Fault fault;
    private final Random random;
    private final Executor later = CompletableFuture.delayedExecutor(LATE_MILLIS, TimeUnit.MILLISECONDS);
    private int strikesLeft;
    private int strikes;
    private int surely;

    /** @param operation the name of a method of the backend, its sessions or its readers */
    public FaultyBackend(QueueBackend target, String operation, Fault fault, long seed, int mostStrikes) {
        this.target = target;
        this.operation = operation;
        this.fault = fault;
        this.random = new Random(seed);
        this.strikesLeft = mostStrikes;
    }

    public QueueBackend backend() {
        return over(QueueBackend.class, target);
    }

    /** How often it failed so far. */
    public synchronized int strikes() {
        return strikes;
    }

    /** No call fails after this. */
    public synchronized void heal() {
        strikesLeft = 0;
    }

    /** The next call fails for certain. */
    public synchronized void strikeNext() {
        strikesLeft = Math.max(1, strikesLeft);
        surely++;
    }

    private synchronized boolean strikes(Method method) {
        if (!method.getName().equals(operation) || strikesLeft == 0) return false;
        if (surely == 0 && random.nextInt(ONE_IN) > 0) return false;
        surely = Math.max(0, surely - 1);
        strikesLeft--;
        strikes++;
        return true;
    }

    private synchronized boolean toss() {
        return random.nextBoolean();
    }

    private <T> T over(Class<T> type, T real) {
        Object proxy = Proxy.newProxyInstance(
                FaultyBackend.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    Object answer = strikes(method) ? struck(real, method, arguments) : call(real, method, arguments);
                    if (answer instanceof WorkSession session) return over(WorkSession.class, session);
                    return answer instanceof EventReader reader ? over(EventReader.class, reader) : answer;
                });
        return type.cast(proxy);
    }

    private @Nullable Object struck(Object real, Method method, Object @Nullable [] arguments) throws Throwable {
        return switch (fault) {
            case NOT_APPLIED -> throw away(Outcome.NOT_APPLIED);
            case LOST_REPLY -> withoutReply(call(real, method, arguments));
            case LATE -> late(call(real, method, arguments));
            case TWICE -> {
                call(real, method, arguments);
                yield call(real, method, arguments);
            }
        };
    }

    /** Either the call fails, or each of the stages it gave. */
    private Object withoutReply(@Nullable Object answer) {
        boolean stages = answer instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof CompletionStage;
        if (!stages || toss()) throw away(Outcome.UNKNOWN);
        List<CompletionStage<?>> failed = new ArrayList<>();
        for (int i = 0; i < ((List<?>) answer).size(); i++)
            failed.add(CompletableFuture.failedStage(away(Outcome.UNKNOWN)));
        return failed;
    }

    private @Nullable Object late(@Nullable Object answer) {
        if (answer instanceof SettledThenClaimed both) {
            List<CompletionStage<Settled>> settled = new ArrayList<>();
            both.settled().forEach(stage -> settled.add(stage.thenApplyAsync(done -> done, later)));
            return new SettledThenClaimed(settled, both.claimed());
        }
        boolean stages = answer instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof CompletionStage;
        if (!stages) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LATE_MILLIS));
            return answer;
        }
        List<Object> late = new ArrayList<>();
        for (Object item : (List<?>) answer)
            late.add(item instanceof CompletionStage<?> stage ? stage.thenApplyAsync(done -> done, later) : item);
        return late;
    }

    private BackendUnavailableException away(Outcome outcome) {
        return new BackendUnavailableException(operation + " was struck by the test", outcome, null);
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }
}
