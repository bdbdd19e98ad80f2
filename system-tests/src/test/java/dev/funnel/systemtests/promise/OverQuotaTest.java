package dev.funnel.systemtests.promise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.rpc.RetryInfo;
import dev.funnel.runtime.grpc.Failures;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A client over its quota is refused, and takes nothing from another. */
@ExtendWith(TinyFunnelExtension.class)
class OverQuotaTest {

    private static final String GREEDY = "greedy-0123456789";
    private static final String STEADY = "steady-0123456789";
    private static final int CALLS = 30;

    @Test
    void one_client_is_refused_while_all_calls_of_another_succeed(TinyFunnel funnel, @TempDir Path folder)
            throws Exception {
        Path keys = Files.writeString(folder.resolve("keys"), GREEDY + " greedy\n" + STEADY + " steady\n");
        try (OwnGateway gateway = OwnGateway.start(
                funnel,
                "over-quota",
                configuration -> configuration
                        .set(keys.toString(), "server", "api_keys")
                        .set(Map.of("greedy", Map.of("rate", 1, "burst", 5)), "server", "clients"))) {
            int refused = 0;
            for (int i = 0; i < CALLS; i++) {
                refused += call(gateway, GREEDY).map(OverQuotaTest::overQuota).orElse(0);
                assertEquals(Optional.empty(), call(gateway, STEADY), "the other client");
            }
            int all = refused;
            assertTrue(all > 0 && all < CALLS, () -> "refused " + all);
        }
    }

    private static Optional<StatusRuntimeException> call(OwnGateway gateway, String key) {
        try {
            assertTrue(gateway.service("x-api-key", key)
                            .recommend(gateway.request())
                            .getItemsCount()
                    > 0);
            return Optional.empty();
        } catch (StatusRuntimeException e) {
            return Optional.of(e);
        }
    }

    private static int overQuota(StatusRuntimeException failure) {
        assertEquals(Status.Code.RESOURCE_EXHAUSTED, failure.getStatus().getCode(), failure::toString);
        assertEquals("QUOTA_EXCEEDED", Failures.reason(failure).orElseThrow());
        assertTrue(Failures.detail(failure, RetryInfo.class).isPresent());
        return 1;
    }
}
