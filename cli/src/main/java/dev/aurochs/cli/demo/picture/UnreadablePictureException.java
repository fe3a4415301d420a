package dev.aurochs.cli.demo.picture;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The file is there, but it is not a picture that Java can read. Trying again does not help. */
public final class UnreadablePictureException extends IOException {
    private static final long serialVersionUID = 1L;

    public UnreadablePictureException(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }
}
