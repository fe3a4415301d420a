package dev.aurochs.memory.log;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** Makes loggers for which every level is on, and keeps what they are told while somebody listens. Thread-safe. */
public final class Listening implements ILoggerFactory {
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private volatile boolean on;

    /** The one that is in use. */
    public static Listening here() {
        return (Listening) LoggerFactory.getILoggerFactory();
    }

    public void begin() {
        lines.clear();
        on = true;
    }

    /** What was logged since {@link #begin}: level, message and, in full, what was thrown. */
    public List<String> end() {
        on = false;
        return List.copyOf(lines);
    }

    @Override
    public Logger getLogger(String name) {
        return new ListeningLogger(name, this);
    }

    private void hear(Level level, String line) {
        if (on) lines.add(level + " " + line);
        else if (level == Level.ERROR) System.err.println(line);
    }

    private static final class ListeningLogger extends LegacyAbstractLogger {
        private static final long serialVersionUID = 1L;
        private final transient Listening listening;

        ListeningLogger(String name, Listening listening) {
            this.name = name;
            this.listening = listening;
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level,
                @Nullable Marker marker,
                String pattern,
                Object @Nullable [] arguments,
                @Nullable Throwable thrown) {
            StringWriter line = new StringWriter();
            line.append(MessageFormatter.basicArrayFormat(pattern, arguments));
            if (thrown != null) thrown.printStackTrace(new PrintWriter(line.append('\n'), true));
            listening.hear(level, name + ": " + line);
        }

        @Override
        protected @Nullable String getFullyQualifiedCallerName() {
            return null;
        }

        @Override
        public boolean isTraceEnabled() {
            return true;
        }

        @Override
        public boolean isDebugEnabled() {
            return true;
        }

        @Override
        public boolean isInfoEnabled() {
            return true;
        }

        @Override
        public boolean isWarnEnabled() {
            return true;
        }

        @Override
        public boolean isErrorEnabled() {
            return true;
        }
    }
}
