package dev.aurochs.rabbitmq.wire;

import com.rabbitmq.client.impl.ForgivingExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the client's own threads meet is logged for those who look; callers are told by what they called. */
final class QuietExceptions extends ForgivingExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(QuietExceptions.class);

    @Override
    protected void log(String message, Throwable cause) {
        LOG.debug("{}", message, cause);
    }
}
