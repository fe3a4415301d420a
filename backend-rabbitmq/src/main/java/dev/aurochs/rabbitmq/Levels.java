package dev.aurochs.rabbitmq;

import dev.aurochs.rabbitmq.wire.QueueArguments;
import dev.aurochs.rabbitmq.wire.QueueType;
import org.jspecify.annotations.Nullable;

/** Priorities as levels of a queue: 0 to 9 have one each, all others share the lowest. */
final class Levels {
    private final QueueType type;

    Levels(QueueType type) {
        this.type = type;
    }

    /** How many are told apart. */
    int count() {
        return type == QueueType.CLASSIC ? QueueArguments.HIGHEST_LEVEL + 1 : 1;
    }

    /** The broker's level: higher goes first. Null where there are none. */
    @Nullable
    Integer of(int priority) {
        return type == QueueType.CLASSIC ? Math.max(0, QueueArguments.HIGHEST_LEVEL - priority) : null;
    }
}
