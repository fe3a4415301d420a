package dev.aurochs.queue.spi;

import dev.aurochs.queue.job.QueueException;

/** The backend cannot do this and says so; nothing has changed. */
public final class UnsupportedCapabilityException extends QueueException {
    private static final long serialVersionUID = 1L;

    private final Capability capability;

    public UnsupportedCapabilityException(Capability capability, String backend, String instead) {
        super("the " + backend + " backend does not offer " + capability + "; " + instead, null);
        this.capability = capability;
    }

    public Capability capability() {
        return capability;
    }
}
