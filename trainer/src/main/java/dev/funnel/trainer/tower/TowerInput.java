package dev.funnel.trainer.tower;

import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.UserTable;
import dev.funnel.trainer.learn.Vocabularies;
import java.util.List;

/**
 * What retrieval networks are trained on.
 *
 * @param users only its columns are read
 * @param vocabularies of the tables' columns, of {@code contexts} and of {@link dev.funnel.bundle.SearchTokens#COLUMN}; those that are empty are
 *     not read
 * @param contexts names of context values that the examples have
 * @param timed whether the examples have times, and so ages
 */
public record TowerInput(
        ItemTable items,
        UserTable users,
        Vocabularies vocabularies,
        List<String> contexts,
        boolean timed,
        TowerExamples examples) {
    public TowerInput {
        contexts = List.copyOf(contexts);
    }
}
