package dev.aurochs.tck.spec.worker;

import dev.aurochs.queue.job.BackendUnavailableException;
import dev.aurochs.queue.job.BackendUnavailableException.Outcome;
import dev.aurochs.queue.spi.EventReader;
import dev.aurochs.queue.spi.QueueBackend;
import dev.aurochs.queue.spi.WorkSession;
import dev.aurochs.queue.spi.WorkerProfile;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Stands between the portable layer and the backend: counts claims, cuts single calls off, keeps the backend open. */
final class StoreTap {
    private final QueueBackend target;
    private final Set<String> cut = ConcurrentHashMap.newKeySet();
    private final AtomicInteger claims = new AtomicInteger();
    private volatile boolean away;
    private volatile boolean chainsCut;
    private volatile boolean closed;

    StoreTap(QueueBackend target) {
        this.target = target;
    }

    QueueBackend backend() {
        return over(QueueBackend.class, target, "");
    }

    /** Claims so far, of all workers. */
    int claims() {
        return claims.get();
    }

    /** True when the portable layer has closed its backend. */
    boolean isClosed() {
        return closed;
    }

    /** From now on the store cannot be reached by anybody, or can again. */
    void setAway(boolean away) {
        this.away = away;
    }

    /** No next run of a schedule can be put in place from now on, or can again. */
    void cutChains(boolean cut) {
        chainsCut = cut;
    }

    /** The worker of that name cannot renew its leases, until {@link #mend}. */
    void cutRenewals(String worker) {
        cut.add(worker);
    }

    void mend(String worker) {
        cut.remove(worker);
    }

    private <T> T over(Class<T> type, T real, String worker) {
        Object proxy = Proxy.newProxyInstance(
                StoreTap.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    boolean closesBackend = real == target && method.getName().equals("close");
                    if (closesBackend) closed = true;
                    else before(method, worker);
                    if (closesBackend) return null;
                    Object answer = call(real, method, arguments);
                    if (answer instanceof EventReader reader) return over(EventReader.class, reader, worker);
                    if (!(answer instanceof WorkSession session) || arguments == null) return answer;
                    return over(WorkSession.class, session, ((WorkerProfile) arguments[1]).name());
                });
        return type.cast(proxy);
    }

    private void before(Method method, String worker) {
        switch (method.getName()) {
            case "claim", "settleAndClaim" -> claims.incrementAndGet();
            case "chain" -> requireThere(!chainsCut);
            case "renew" -> requireThere(!cut.contains(worker));
            case "info", "wake", "passOn", "close", "awaitWork", "resize" -> {
                return;
            }
            default -> {}
        }
        requireThere(!away);
    }

    private static void requireThere(boolean there) {
        if (!there) throw new BackendUnavailableException("cut off by the test", Outcome.NOT_APPLIED, null);
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }
}
