package dev.funnel.benchmarks.load;

import com.google.protobuf.Duration;
import dev.funnel.proto.common.v1.Degradation;
import dev.funnel.proto.common.v1.StageReport;
import dev.funnel.proto.gateway.v1.RecommendRequest;
import dev.funnel.proto.gateway.v1.RecommendResponse;
import dev.funnel.proto.gateway.v1.RecommendationServiceGrpc;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** A gateway asked for slates, one question after the other, over and over. */
public final class GatewayTarget implements Target, AutoCloseable {

    private static final String STAGE = "STAGE_";
    private static final String KIND = "DEGRADATION_KIND_";
    private static final String RUNG = "RUNG_";

    private final Connections connections;
    private final List<RecommendRequest> questions;
    private volatile String newestVersion = "";

    /**
     * @param address {@code host:port}
     * @param questions at least one
     * @param deadline of every request
     * @param apiKey sent with every request; empty: none
     */
    public GatewayTarget(String address, List<RecommendRequest> questions, java.time.Duration deadline, String apiKey) {
        this.connections = new Connections(address, deadline, apiKey);
        this.questions = List.copyOf(questions);
    }

    @Override
    public void send(long number, Consumer<Ending> ended) {
        connections.send(
                RecommendationServiceGrpc.getRecommendMethod(),
                questions.get((int) (number % questions.size())),
                number,
                this::ending,
                ended);
    }

    /** The newest bundle version that an answer was made of; empty before the first answer. */
    public String newestVersion() {
        return newestVersion;
    }

    @Override
    public void close() {
        connections.close();
    }

    private Ending ending(RecommendResponse answer, long marginNanos) {
        String version = answer.getBundle().getVersion();
        noteVersion(version);
        List<String> losses =
                answer.getDegradationsList().stream().map(GatewayTarget::loss).toList();
        String rung = word(answer.getRung().name(), RUNG);
        return new Ending.Answered(losses, rung, times(answer.getReportsList()), version, marginNanos);
    }

    private void noteVersion(String version) {
        if (version.compareTo(newestVersion) > 0) {
            synchronized (connections) {
                newestVersion = version.compareTo(newestVersion) > 0 ? version : newestVersion;
            }
        }
    }

    private static String loss(Degradation degradation) {
        return word(degradation.getStage().name(), STAGE) + "/"
                + word(degradation.getKind().name(), KIND);
    }

    private static String word(String name, String prefix) {
        return (name.startsWith(prefix) ? name.substring(prefix.length()) : name).toLowerCase(Locale.ROOT);
    }

    private static StageTimes times(List<StageReport> reports) {
        long gateway = 0;
        long candidates = 0;
        long ranking = 0;
        long reranking = 0;
        int pool = 0;
        for (StageReport report : reports) {
            long nanos = nanos(report.getElapsed());
            switch (report.getStage()) {
                case STAGE_GATEWAY -> gateway += nanos;
                case STAGE_CANDIDATES -> {
                    candidates += nanos;
                    pool += report.getItemsOut();
                }
                case STAGE_RANKING -> ranking += nanos;
                case STAGE_RERANKING -> reranking += nanos;
                case STAGE_UNSPECIFIED, UNRECOGNIZED -> {}
            }
        }
        return new StageTimes(gateway, candidates, ranking, reranking, pool);
    }

    private static long nanos(Duration duration) {
        return duration.getSeconds() * 1_000_000_000L + duration.getNanos();
    }
}
