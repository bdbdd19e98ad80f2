package dev.funnel.trainer.known;

import dev.funnel.bundle.HeadReliability;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one ranker came to on pages that it was not trained on.
 *
 * @param name of the variant
 * @param perUserLoss share of watch time on wrongly ordered pairs of a page
 * @param ofTruth predicted against what was to be expected, ten parts by prediction: of the true mean of what the head predicts
 * @param ofOutcome the same against what happened
 * @param overExpectedSeconds mean prediction over the mean of the true expected watch time
 * @param seconds of training
 */
public record KnownFigures(
        String name,
        double perUserLoss,
        HeadReliability ofTruth,
        HeadReliability ofOutcome,
        double overExpectedSeconds,
        double seconds) {

    /** As a flat JSON object's fields. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("system", "weighted-logistic");
        json.put("protocol", "simulated log with known E[T], later pages held out");
        json.put("label", name);
        json.put("per_user_loss", perUserLoss);
        json.put("predicted_over_true", ofTruth.ratio());
        json.put("worst_decile_over_true", ofTruth.worstRatio());
        json.put("worst_decile_over_observed", ofOutcome.worstRatio());
        json.put("predicted_over_expected_seconds", overExpectedSeconds);
        json.put("predicted", means(ofTruth, false));
        json.put("true", means(ofTruth, true));
        json.put("observed", means(ofOutcome, true));
        json.put("seconds", seconds);
        return json;
    }

    private static List<Double> means(HeadReliability reliability, boolean seen) {
        return reliability.parts().stream()
                .map(part -> seen ? part.observed() : part.predicted())
                .toList();
    }
}
