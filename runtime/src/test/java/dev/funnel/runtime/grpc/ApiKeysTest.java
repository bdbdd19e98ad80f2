package dev.funnel.runtime.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.proto.candidate.v1.CandidateServiceGrpc;
import dev.funnel.proto.candidate.v1.RetrieveRequest;
import dev.funnel.proto.candidate.v1.RetrieveResponse;
import dev.funnel.runtime.config.InvalidConfiguration;
import dev.funnel.runtime.testing.WireServer;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiKeysTest {
    private static final String KEY = "0123456789abcdef";

    private final AtomicReference<Optional<String>> client = new AtomicReference<>(Optional.empty());

    private final CandidateServiceGrpc.CandidateServiceImplBase service =
            new CandidateServiceGrpc.CandidateServiceImplBase() {
                @Override
                public void retrieve(RetrieveRequest request, StreamObserver<RetrieveResponse> answer) {
                    client.set(ApiKeyInterceptor.client());
                    answer.onNext(RetrieveResponse.getDefaultInstance());
                    answer.onCompleted();
                }
            };

    private static void call(WireServer server, String key) {
        Metadata headers = new Metadata();
        headers.put(ApiKeyInterceptor.HEADER, key);
        CandidateServiceGrpc.newBlockingStub(server.channel())
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .retrieve(RetrieveRequest.getDefaultInstance());
    }

    @Test
    void a_caller_is_known_by_its_key_and_others_are_turned_away(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("keys"), "# clients\n" + KEY + " web-frontend\n");
        try (WireServer server = WireServer.serving(WireServer.settings("api_keys: " + file), service)) {
            call(server, KEY);
            assertEquals(Optional.of("web-frontend"), client.get());
            for (Runnable stranger : List.<Runnable>of(
                    () -> call(server, KEY + "0"),
                    () -> CandidateServiceGrpc.newBlockingStub(server.channel())
                            .retrieve(RetrieveRequest.getDefaultInstance()))) {
                StatusRuntimeException failure = assertThrows(StatusRuntimeException.class, stranger::run);
                assertEquals(Status.Code.UNAUTHENTICATED, failure.getStatus().getCode());
                assertEquals("API_KEY_UNKNOWN", Failures.reason(failure).orElseThrow());
            }
            HealthGrpc.newBlockingStub(server.channel()).check(HealthCheckRequest.getDefaultInstance());
        }
    }

    @Test
    void without_a_key_file_nobody_is_asked() {
        try (WireServer server = WireServer.serving(service)) {
            call(server, "whatever");
            assertEquals(Optional.empty(), client.get());
        }
    }

    @Test
    void a_key_file_that_is_wrong_is_refused_by_its_line_without_showing_keys() {
        assertRefused("keys:1: must be a key and a client id", List.of(KEY));
        assertRefused("keys:1: a key must have at least 16 characters", List.of("short web"));
        assertRefused("keys:3: the key stands twice", List.of(KEY + " web", "", KEY + " app"));
    }

    private static void assertRefused(String start, List<String> lines) {
        String message = String.valueOf(assertThrows(InvalidConfiguration.class, () -> ApiKeys.parse("keys", lines))
                .getMessage());
        assertTrue(message.startsWith(start), message);
        assertFalse(message.contains(KEY), message);
    }
}
