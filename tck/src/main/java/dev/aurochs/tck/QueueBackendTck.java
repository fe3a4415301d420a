package dev.aurochs.tck;

import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The kit's table of contents. Extend it in your module, say how to open your backend, and run it like any test class.
 *
 * <p>With several consumers in one module, give each a Surefire execution of its own with a report-name suffix: nested
 * results of two consumers are merged otherwise.
 */
@ExtendWith(TckExtension.class)
public abstract class QueueBackendTck {
    /** A fresh fixture; called once per test. */
    protected abstract BackendFixture fixture();
}
