package io.tributary.testing;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts the hub of the test run with the first test that needs it; it stops when the last test is over. */
final class HubExtension implements ParameterResolver {
    private static final Namespace TEST_RUN = Namespace.create(HubExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == TestHub.class || type == Tenant.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        TestHub hub = context.getRoot()
                .getStore(TEST_RUN)
                .getOrComputeIfAbsent(TestHub.class, first -> TestHub.start(), TestHub.class);
        return parameter.getParameter().getType() == TestHub.class ? hub : hub.tenant();
    }
}
