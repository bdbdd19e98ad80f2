package dev.funnel.systemtests.promise;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands the one {@link TinyFunnel} of a test run to whoever asks, and closes it at the end. */
final class TinyFunnelExtension implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(TinyFunnelExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TinyFunnel.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(TinyFunnel.class, key -> TinyFunnel.start(), TinyFunnel.class);
    }
}
