package dev.aurochs.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aurochs.queue.spi.Capability;
import dev.aurochs.queue.spi.UnsupportedCapabilityException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Gives each test that asks for one a driver over a fresh backend, turns a test that needs what the backend lacks
 * into a test of its
 * refusal, and checks the invariants and the threads when it is over.
 */
public final class TckExtension implements AfterEachCallback, ParameterResolver, InvocationInterceptor {
    private static final Namespace KIT = Namespace.create(TckExtension.class);

    /** For JUnit. */
    public TckExtension() {}

    @Override
    public void afterEach(ExtensionContext context) {
        try (QueueDriver driver = context.getStore(KIT).remove(QueueDriver.class, QueueDriver.class)) {
            if (driver != null && context.getExecutionException().isEmpty()) driver.verify();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == QueueDriver.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        QueueBackendTck consumer = (QueueBackendTck)
                context.getRequiredTestInstances().getAllInstances().get(0);
        QueueDriver driver = new QueueDriver(consumer.fixture(), required(context));
        context.getStore(KIT).put(QueueDriver.class, driver);
        return driver;
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> test, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        runOrBeRefused(test, context);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> test, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        runOrBeRefused(test, context);
    }

    private static void runOrBeRefused(Invocation<Void> test, ExtensionContext context) throws Throwable {
        QueueDriver driver = context.getStore(KIT).get(QueueDriver.class, QueueDriver.class);
        Set<Capability> missing = driver == null ? Set.of() : driver.missing();
        if (missing.isEmpty()) {
            test.proceed();
            return;
        }
        try {
            test.proceed();
        } catch (UnsupportedCapabilityException refusal) {
            assertThat(refusal.capability()).as("the refused capability").isIn(missing);
            driver.requireUnchangedByRefusal();
            return;
        }
        throw new AssertionError("went through, although the backend does not declare " + missing);
    }

    private static Set<Capability> required(ExtensionContext context) {
        Set<Capability> required = EnumSet.noneOf(Capability.class);
        for (AnnotatedElement element : List.of(context.getRequiredTestMethod(), context.getRequiredTestClass())) {
            Optional.ofNullable(element.getAnnotation(Requires.class))
                    .or(() -> inherited(element))
                    .ifPresent(requires -> required.addAll(List.of(requires.value())));
        }
        return required;
    }

    private static Optional<Requires> inherited(AnnotatedElement element) {
        if (!(element instanceof Class<?> nested)) return Optional.empty();
        return Optional.ofNullable(nested.getSuperclass()).map(spec -> spec.getAnnotation(Requires.class));
    }
}
