package dev.funnel.gateway.answer;

import dev.funnel.gateway.answer.Recommendation.ConfigurationRef;
import dev.funnel.runtime.wire.BundleRef;
import dev.funnel.runtime.wire.Degradation;
import java.util.List;

/** What became of the items a caller asked about, in that order. */
public record Explained(
        BundleRef bundle, ConfigurationRef pipeline, List<Explanation> items, List<Degradation> degradations) {}
