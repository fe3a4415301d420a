package dev.aurochs.queue;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/** Names a generic type: {@code new TypeRef<List<Mail>>() {}}. */
public abstract class TypeRef<T> {
    private final Type type;

    protected TypeRef() {
        if (!(getClass().getGenericSuperclass() instanceof ParameterizedType parent))
            throw new IllegalStateException("write new TypeRef<Some<Type>>() {} with its type argument");
        type = parent.getActualTypeArguments()[0];
    }

    public final Type type() {
        return type;
    }
}
