package dev.funnel.inference.feature;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The texts that a table has rows for; the row of a text is its position. */
public final class Vocabulary implements TextRows {
    /** The row of a text that is out of the vocabulary. */
    public static final int UNKNOWN = -1;

    private final List<String> texts;
    private final Map<String, Integer> rows = new HashMap<>();

    /** A vocabulary of distinct texts. */
    public Vocabulary(List<String> texts) {
        this.texts = List.copyOf(texts);
        for (String text : texts) {
            if (rows.put(text, rows.size()) != null) {
                throw new IllegalArgumentException("a vocabulary holds \"" + text + "\" twice");
            }
        }
    }

    /** The texts, in row order. */
    public List<String> texts() {
        return texts;
    }

    /** How many rows there are. */
    public int size() {
        return texts.size();
    }

    @Override
    public int row(String text) {
        return rows.getOrDefault(text, UNKNOWN);
    }

    /** Texts that are values joined by {@link dev.funnel.bundle.schema.CrossFeature#SEPARATOR}. */
    @Override
    public CrossRows crosses() {
        return CrossVocabulary.of(texts);
    }
}
