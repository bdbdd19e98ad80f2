package dev.funnel.trainer.rank;

import dev.funnel.bundle.Table;
import dev.funnel.inference.feature.Vocabulary;
import dev.funnel.trainer.learn.Vocabularies;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The vocabularies that a ranker's tables may have: texts of the tables and of the log, and ids by how often they occur in the past. */
final class RankerVocabularies {
    private static final String USER_ID = "user_id";
    private static final String ITEM_ID = "item_id";

    private final Vocabularies counted;

    private RankerVocabularies(Vocabularies counted) {
        this.counted = counted;
    }

    /** Counts; ids only if features are declared that look them up. */
    static RankerVocabularies count(RankerTrainingInput input, @Nullable DeclaredFeatures declared) {
        Vocabularies.Counting texts =
                new Vocabularies.Counting().table(input.items()).table(input.users());
        if (input.examples() instanceof Examples.Impressions shown) {
            texts.codes("country", shown.log().country())
                    .codes("language", shown.log().language())
                    .codes("device", shown.log().device());
        }
        if (declared != null && declared.lookUp(USER_ID)) {
            countIds(texts, USER_ID, input.users(), input.past().users());
        }
        if (declared != null && declared.lookUp(ITEM_ID)) {
            countIds(texts, ITEM_ID, input.items(), input.past().items());
        }
        return new RankerVocabularies(texts.vocabularies());
    }

    private static void countIds(Vocabularies.Counting texts, String name, Table table, int[] occurrences) {
        int[] counts = new int[table.size()];
        for (int row : occurrences) {
            if (row >= 0) {
                counts[row]++;
            }
        }
        for (int row = 0; row < counts.length; row++) {
            texts.text(name, table.id(row), counts[row]);
        }
    }

    /** All of them, by name. */
    Vocabularies counted() {
        return counted;
    }

    /** Those of the tables that have one, by table. */
    Map<String, Vocabulary> of(List<DeclaredTable> tables) {
        Map<String, Vocabulary> vocabularies = new HashMap<>();
        for (DeclaredTable table : tables) {
            if (table instanceof DeclaredTable.Texts texts) {
                vocabularies.put(table.name(), of(texts));
            }
        }
        return vocabularies;
    }

    private Vocabulary of(DeclaredTable.Texts table) {
        Vocabulary all = counted.of(table.texts());
        int most = table.most() == null ? all.size() : Math.min(table.most(), all.size());
        return most == all.size() ? all : new Vocabulary(all.texts().subList(0, most));
    }

    /** @throws IllegalArgumentException naming a table whose vocabulary nothing has texts for */
    RankerVocabularies requireTexts(List<DeclaredTable> tables) {
        for (DeclaredTable table : tables) {
            if (table instanceof DeclaredTable.Texts texts
                    && counted.of(texts.texts()).size() == 0) {
                throw new IllegalArgumentException("vocabulary \"" + texts.texts() + "\" of the table \"" + table.name()
                        + "\" is refused: nothing of that name has texts; there are " + counted.names());
            }
        }
        return this;
    }
}
