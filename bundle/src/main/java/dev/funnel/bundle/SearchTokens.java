package dev.funnel.bundle;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A search as an unordered bag: its words in lower case, and its pairs of neighbouring words (Covington et al. 2016, section
 * 3.1). The one way of cutting searches, for trainer and services.
 */
public final class SearchTokens {
    /** The column of the user table, and so the profile value, that holds the tokens of a user's latest searches. */
    public static final String COLUMN = "search_tokens";

    /** How many tokens of the latest searches count. */
    public static final int MOST = 50;

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final int LONGEST_TOKEN_CHARS = 64;

    private SearchTokens() {}

    /** The tokens of a text, words first. */
    public static List<String> of(String text) {
        List<String> words = new ArrayList<>();
        for (String word : BETWEEN_WORDS.split(text.toLowerCase(Locale.ROOT), -1)) {
            if (!word.isEmpty() && word.length() <= LONGEST_TOKEN_CHARS) {
                words.add(word);
            }
        }
        List<String> tokens = new ArrayList<>(words);
        for (int i = 1; i < words.size(); i++) {
            String pair = words.get(i - 1) + " " + words.get(i);
            if (pair.length() <= LONGEST_TOKEN_CHARS) {
                tokens.add(pair);
            }
        }
        return List.copyOf(tokens);
    }
}
