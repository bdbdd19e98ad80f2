package dev.funnel.candidate.generate;

import dev.funnel.bundle.History;
import dev.funnel.candidate.cache.QueryVectors;
import dev.funnel.inference.feature.FeatureValue;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a tower of people makes a vector of: equal if every value is. */
record PersonAsking(Person person, History history) implements QueryVectors.Ingredients {
    private static final int BYTES_OF_AN_INTERACTION = 25;
    private static final int BYTES_OF_A_VALUE = 64;

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PersonAsking asking
                && person.equals(asking.person)
                && Arrays.equals(history.items(), asking.history.items())
                && Arrays.equals(history.timesMs(), asking.history.timesMs())
                && Arrays.equals(history.kinds(), asking.history.kinds())
                && Arrays.equals(history.watchedMs(), asking.history.watchedMs())
                && Arrays.equals(history.weights(), asking.history.weights());
    }

    @Override
    public int hashCode() {
        return 31 * person.hashCode() + Arrays.hashCode(history.items());
    }

    @Override
    public int bytes() {
        return history.size() * BYTES_OF_AN_INTERACTION + bytes(person.profile()) + bytes(person.context());
    }

    private static int bytes(Map<String, FeatureValue> values) {
        return values.values().stream().mapToInt(PersonAsking::bytes).sum();
    }

    private static int bytes(FeatureValue value) {
        return BYTES_OF_A_VALUE
                + switch (value) {
                    case FeatureValue.Number _ -> 0;
                    case FeatureValue.Text text -> 2 * text.value().length();
                    case FeatureValue.Texts texts ->
                        texts.values().stream()
                                .mapToInt(text -> BYTES_OF_A_VALUE + 2 * text.length())
                                .sum();
                };
    }
}
