package dev.funnel.bundle;

import java.nio.charset.StandardCharsets;
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

    /** What a text of a profile may have on the wire. */
    private static final int LONGEST_TOKEN_BYTES = 128;

    private SearchTokens() {}

    /** The tokens of a text, words first. */
    public static List<String> of(String text) {
        List<String> words = new ArrayList<>();
        for (String word : BETWEEN_WORDS.split(text.toLowerCase(Locale.ROOT), -1)) {
            if (!word.isEmpty() && fits(word)) {
                words.add(word);
            }
        }
        List<String> tokens = new ArrayList<>(words);
        for (int i = 1; i < words.size(); i++) {
            String pair = words.get(i - 1) + " " + words.get(i);
            if (fits(pair)) {
                tokens.add(pair);
            }
        }
        return List.copyOf(tokens);
    }

    /** The tokens of someone's searches, given with the latest first: of as many as there is room for, at most {@value #MOST}. */
    public static List<String> bag(Iterable<String> searches) {
        List<String> tokens = new ArrayList<>();
        for (String text : searches) {
            if (tokens.size() >= MOST) {
                break;
            }
            tokens.addAll(of(text));
        }
        return List.copyOf(tokens.size() > MOST ? tokens.subList(0, MOST) : tokens);
    }

    private static boolean fits(String token) {
        return token.length() <= LONGEST_TOKEN_CHARS
                && token.getBytes(StandardCharsets.UTF_8).length <= LONGEST_TOKEN_BYTES;
    }
}
