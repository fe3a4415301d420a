package dev.aurochs.interop;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives each test its {@link Lab}, and checks all queues of the test when it has passed. */
final class LabExtension implements BeforeEachCallback, AfterEachCallback, ParameterResolver {
    private static final Namespace OURS = Namespace.create(LabExtension.class);

    @Override
    public void beforeEach(ExtensionContext context) {
        World world = context.getRoot().getStore(OURS).computeIfAbsent(World.class, key -> new World(), World.class);
        context.getStore(OURS).put(Lab.class, new Lab(world));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Lab lab = lab(context);
        context.getExecutionException().ifPresent(failed -> System.err.println(lab.describe(context.getDisplayName())));
        lab.close();
        if (context.getExecutionException().isEmpty()) lab.check();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Lab.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return lab(context);
    }

    private static Lab lab(ExtensionContext context) {
        return context.getStore(OURS).get(Lab.class, Lab.class);
    }
}
