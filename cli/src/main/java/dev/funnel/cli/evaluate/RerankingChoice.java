package dev.funnel.cli.evaluate;

import dev.funnel.cli.cluster.Service;
import dev.funnel.cli.cluster.ServiceConfiguration;
import dev.funnel.reranker.RerankerConfiguration;
import dev.funnel.reranker.rerank.Policies;
import dev.funnel.reranker.rule.Policy;
import dev.funnel.runtime.config.ConfigurationFile;
import java.util.Map;

/** The policy and the embedding that a reranker with the sample configuration uses. */
record RerankingChoice(Policy policy, String embedding) {

    static RerankingChoice ofSample(String policy) {
        RerankerConfiguration sample = ConfigurationFile.parse(
                RerankerConfiguration.class,
                "reranker.yaml",
                ServiceConfiguration.sample(Service.RERANKER).text(),
                Map.of());
        return new RerankingChoice(new Policies(sample.policies()).named(policy).policy(), sample.embedding());
    }
}
