package dev.aurochs.rocksdb.bytes;

/** Bytes are not what their place in the store says they are. */
public final class MalformedBytesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedBytesException(String problem) {
        super(problem);
    }

    MalformedBytesException(String problem, Throwable cause) {
        super(problem, cause);
    }
}
