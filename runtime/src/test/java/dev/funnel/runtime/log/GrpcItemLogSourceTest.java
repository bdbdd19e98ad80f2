package dev.funnel.runtime.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.proto.gateway.v1.ItemLogServiceGrpc;
import dev.funnel.proto.gateway.v1.TailRequest;
import dev.funnel.proto.gateway.v1.TailResponse;
import dev.funnel.runtime.grpc.Channels;
import dev.funnel.runtime.testing.Await;
import dev.funnel.runtime.testing.WireServer;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GrpcItemLogSourceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Channels channels = new Channels();

    @AfterEach
    void close() {
        channels.close();
    }

    private LogUnavailableException unavailable(String address) throws Exception {
        ItemLogSource source =
                GrpcItemLogSource.open(channels, new ItemLogSettings(address, Duration.ofSeconds(1), null));
        return unavailable(source);
    }

    private static LogUnavailableException unavailable(ItemLogSource source) throws Exception {
        try (ItemLogSource.Stream stream = source.open(1, 0)) {
            return assertThrows(LogUnavailableException.class, () -> stream.next(PATIENCE));
        }
    }

    /** An owner that ends every stream with {@code ending}. */
    private static WireServer ending(Status ending) {
        return WireServer.serving(new ItemLogServiceGrpc.ItemLogServiceImplBase() {
            @Override
            public void tail(TailRequest request, StreamObserver<TailResponse> answer) {
                if (ending.isOk()) {
                    answer.onCompleted();
                } else {
                    answer.onError(ending.asRuntimeException());
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.Code.class,
            names = {"OUT_OF_RANGE", "PERMISSION_DENIED", "UNAUTHENTICATED", "RESOURCE_EXHAUSTED", "UNIMPLEMENTED"})
    void an_owner_that_refuses_is_not_silent(Status.Code code) throws Exception {
        try (WireServer owner = ending(code.toStatus())) {
            LogUnavailableException refused = unavailable(owner.host().address());
            assertEquals(false, refused.silent(), refused::toString);
            assertTrue(String.valueOf(refused.getMessage()).contains(code.name()), refused::toString);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.Code.class,
            names = {"OK", "UNAVAILABLE", "DEADLINE_EXCEEDED"})
    void an_owner_that_goes_is_silent(Status.Code code) throws Exception {
        try (WireServer owner = ending(code.toStatus())) {
            LogUnavailableException gone = unavailable(owner.host().address());
            assertEquals(true, gone.silent(), gone::toString);
        }
    }

    /** Left to itself gRPC makes the tenth attempt after about two minutes. */
    @Test
    void an_owner_that_is_away_is_tried_as_often_as_it_is_asked_for() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        try (ServerSocket gone = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread closing = Thread.ofPlatform().daemon().start(() -> closeAll(gone, attempts));
            ItemLogSource source = GrpcItemLogSource.open(
                    channels, new ItemLogSettings("127.0.0.1:" + gone.getLocalPort(), Duration.ofSeconds(1), null));
            Await.calmly("ten attempts", () -> {
                try {
                    assertTrue(unavailable(source).silent());
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
                return attempts.get() >= 10;
            });
            gone.close();
            closing.join();
        }
    }

    private static void closeAll(ServerSocket gone, AtomicInteger attempts) {
        try {
            while (true) {
                try (Socket _ = gone.accept()) {
                    attempts.incrementAndGet();
                }
            }
        } catch (IOException e) {
            assertTrue(gone.isClosed(), e::toString);
        }
    }
}
