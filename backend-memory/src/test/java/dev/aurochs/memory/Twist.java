package dev.aurochs.memory;

import dev.aurochs.queue.spi.EventReader;
import dev.aurochs.queue.spi.QueueBackend;
import dev.aurochs.queue.spi.WorkSession;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** What a broken backend does instead of a sound one, call by call. */
@FunctionalInterface
interface Twist {
    /** Answers the call, as the sound backend would or not. */
    Object call(Call call) throws Throwable;

    /** A call on a backend, or on a session or reader that it gave. */
    record Call(String name, Object[] arguments, Sound sound) {
        Object proceed() throws Throwable {
            return sound.answer(arguments);
        }

        /** Proceeds with another argument. */
        Object proceedWith(int index, Object argument) throws Throwable {
            Object[] changed = arguments.clone();
            changed[index] = argument;
            return sound.answer(changed);
        }
    }

    @FunctionalInterface
    interface Sound {
        Object answer(Object[] arguments) throws Throwable;
    }

    default QueueBackend over(QueueBackend sound) {
        return wrap(QueueBackend.class, sound);
    }

    private <T> T wrap(Class<T> type, T target) {
        Object proxy = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, given) -> {
            Object[] arguments = given == null ? new Object[0] : given;
            Sound sound = changed -> {
                try {
                    return method.invoke(target, changed);
                } catch (InvocationTargetException thrown) {
                    throw thrown.getCause();
                }
            };
            Object answer = call(new Call(method.getName(), arguments, sound));
            if (answer instanceof WorkSession session) return wrap(WorkSession.class, session);
            return answer instanceof EventReader reader ? wrap(EventReader.class, reader) : answer;
        });
        return type.cast(proxy);
    }
}
