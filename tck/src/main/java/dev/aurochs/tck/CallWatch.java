package dev.aurochs.tck;

import dev.aurochs.queue.spi.WorkSession;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** Runs something before every call to a backend and to the sessions it gives. */
final class CallWatch {
    private CallWatch() {}

    static <T> T over(Class<T> type, T target, Runnable before) {
        Object proxy = Proxy.newProxyInstance(
                CallWatch.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    before.run();
                    Object answer = call(target, method, arguments);
                    return answer instanceof WorkSession session ? over(WorkSession.class, session, before) : answer;
                });
        return type.cast(proxy);
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }
}
