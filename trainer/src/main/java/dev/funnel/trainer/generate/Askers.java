package dev.funnel.trainer.generate;

import dev.funnel.inference.feature.FeatureValue;
import dev.funnel.retrieval.cold.Profile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who asks, in the words that generators share with those that serve them. */
final class Askers {

    private Askers() {}

    static Profile profile(Map<String, FeatureValue> values) {
        Map<String, List<String>> texts = new HashMap<>();
        Map<String, Double> numbers = new HashMap<>();
        values.forEach((column, value) -> {
            switch (value) {
                case FeatureValue.Text text -> texts.put(column, List.of(text.value()));
                case FeatureValue.Texts several -> texts.put(column, several.values());
                case FeatureValue.Number number -> numbers.put(column, number.value());
            }
        });
        return new Profile(texts, numbers);
    }

    /** A text of the context; empty if it has none. */
    static String context(Asker asker, String name) {
        return asker.context().get(name) instanceof FeatureValue.Text text ? text.value() : "";
    }
}
