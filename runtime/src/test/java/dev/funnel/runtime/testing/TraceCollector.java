package dev.funnel.runtime.testing;

import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A collector of traces on a real socket: it speaks OTLP over gRPC and keeps what it is sent. */
public final class TraceCollector extends TraceServiceGrpc.TraceServiceImplBase implements AutoCloseable {

    private final List<Sent> sent = new CopyOnWriteArrayList<>();
    private final Server server;
    private final String endpoint;

    /**
     * A span as it came.
     *
     * @param service whose it is
     */
    public record Sent(String service, Span span) {
        public String name() {
            return span.getName();
        }

        /** In hex. */
        public String traceId() {
            return HexFormat.of().formatHex(span.getTraceId().toByteArray());
        }

        /** In hex. */
        public String id() {
            return HexFormat.of().formatHex(span.getSpanId().toByteArray());
        }

        /** In hex; empty of one that has none. */
        public String parentId() {
            return HexFormat.of().formatHex(span.getParentSpanId().toByteArray());
        }

        /** The value of a counting attribute; -1 if there is none. */
        public long count(String attribute) {
            return span.getAttributesList().stream()
                    .filter(each -> each.getKey().equals(attribute))
                    .mapToLong(each -> each.getValue().getIntValue())
                    .findFirst()
                    .orElse(-1);
        }
    }

    /** Listens on a free port of loopback. */
    public TraceCollector() throws IOException {
        this.server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
                .addService(this)
                .build()
                .start();
        this.endpoint = "http://127.0.0.1:" + server.getPort();
    }

    /** Where it takes traces. */
    public String endpoint() {
        return endpoint;
    }

    /** All spans so far. */
    public List<Sent> spans() {
        return List.copyOf(sent);
    }

    /** The spans so far of a trace. */
    public List<Sent> spans(String traceId) {
        return sent.stream().filter(each -> each.traceId().equals(traceId)).toList();
    }

    @Override
    public void export(ExportTraceServiceRequest request, StreamObserver<ExportTraceServiceResponse> answer) {
        for (ResourceSpans resource : request.getResourceSpansList()) {
            String service = resource.getResource().getAttributesList().stream()
                    .filter(each -> each.getKey().equals("service.name"))
                    .map(each -> each.getValue().getStringValue())
                    .findFirst()
                    .orElse("");
            resource.getScopeSpansList().stream()
                    .flatMap(scope -> scope.getSpansList().stream())
                    .forEach(span -> sent.add(new Sent(service, span)));
        }
        answer.onNext(ExportTraceServiceResponse.getDefaultInstance());
        answer.onCompleted();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
