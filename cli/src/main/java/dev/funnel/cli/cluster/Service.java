package dev.funnel.cli.cluster;

import java.util.Locale;

/** A process of the funnel. */
public enum Service {
    CANDIDATE("dev.funnel.candidate.CandidateServiceMain", 7101),
    RANKING("dev.funnel.ranking.RankingServiceMain", 7102),
    RERANKER("dev.funnel.reranker.RerankerServiceMain", 7103),
    GATEWAY("dev.funnel.gateway.GatewayMain", 7100);

    private final String mainClass;
    private final int usualPort;

    Service(String mainClass, int usualPort) {
        this.mainClass = mainClass;
        this.usualPort = usualPort;
    }

    /** The class whose {@code main} is the process. */
    public String mainClass() {
        return mainClass;
    }

    /** The port in its sample configuration. */
    public int usualPort() {
        return usualPort;
    }

    /** The port of its metrics in its sample configuration. */
    public int usualMetricsPort() {
        return usualPort + 100;
    }

    /** Its name on the command line, in its configuration file's name and in the gateway's {@code stages}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
