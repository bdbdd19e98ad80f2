package dev.funnel.runtime.user;

import dev.funnel.bundle.SearchTokens;
import dev.funnel.runtime.wire.Bounds;
import dev.funnel.runtime.wire.FeatureValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What someone searched for, the caller's searches before the bundle's, as the profile value that networks read: {@link
 * SearchTokens#COLUMN}, cut as the trainer cuts them.
 */
final class SearchBag {
    private SearchBag() {}

    /**
     * The profile with these searches, the latest first. One that the bundle holds already, its tokens in a row, is not counted twice.
     *
     * @param profile as it is in the bundle
     */
    static Map<String, FeatureValue> join(Map<String, FeatureValue> profile, List<String> searches) {
        boolean room = profile.containsKey(SearchTokens.COLUMN) || profile.size() < Bounds.FEATURES;
        if (searches.isEmpty() || !room) {
            return profile;
        }
        List<String> held =
                profile.get(SearchTokens.COLUMN) instanceof FeatureValue.Texts texts ? texts.values() : List.of();
        List<String> fresh = searches.stream()
                .filter(text -> Collections.indexOfSubList(held, SearchTokens.of(text)) < 0)
                .toList();
        List<String> tokens = new ArrayList<>(SearchTokens.bag(fresh));
        tokens.addAll(held);
        if (tokens.isEmpty()) {
            return profile;
        }
        Map<String, FeatureValue> joined = new LinkedHashMap<>(profile);
        joined.put(
                SearchTokens.COLUMN,
                new FeatureValue.Texts(List.copyOf(tokens.subList(0, Math.min(tokens.size(), SearchTokens.MOST)))));
        return joined;
    }
}
