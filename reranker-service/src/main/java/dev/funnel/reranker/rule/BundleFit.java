package dev.funnel.reranker.rule;

import dev.funnel.bundle.Column;
import dev.funnel.bundle.ColumnKind;
import dev.funnel.bundle.InvalidPredicateException;
import dev.funnel.bundle.ItemPredicate;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.PredicateContext;
import dev.funnel.reranker.expression.ExpressionRefused;
import dev.funnel.reranker.expression.Expressions;
import dev.funnel.reranker.snapshot.RerankerSnapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether one rule fits one bundle version: collects what the bundle cannot answer, in words that name key and value. */
public final class BundleFit {
    private final RerankerSnapshot snapshot;
    private final List<String> problems = new ArrayList<>();

    public BundleFit(RerankerSnapshot snapshot) {
        this.snapshot = snapshot;
    }

    /** What does not fit; empty: all does. */
    public List<String> problems() {
        return problems;
    }

    /** The key names a column of one of these kinds. A standard column that this catalogue came without is no problem. */
    void column(String key, String name, ColumnKind... kinds) {
        Column column = snapshot.items().column(name);
        ColumnKind kind = column == null ? ItemTable.STANDARD.get(name) : column.kind();
        if (kind == null) {
            Set<String> known = snapshot.items().columns().keySet();
            problems.add(
                    key + ": \"" + name + "\" is no column of the item table, which has " + String.join(", ", known));
        } else if (!List.of(kinds).contains(kind)) {
            problems.add(key + ": \"" + name + "\" is a column of kind " + kind.label() + ", must be "
                    + Arrays.stream(kinds).map(ColumnKind::label).collect(Collectors.joining(" or ")));
        }
    }

    /** As {@link #column}, for keys: a category or category-list column. */
    void keyColumn(String key, String name) {
        column(key, name, ColumnKind.CATEGORY, ColumnKind.CATEGORY_LIST);
    }

    /** The predicate can be answered by the item table. */
    void predicate(String key, @Nullable ItemPredicate predicate) {
        try {
            if (predicate != null) {
                predicate.compile(snapshot.items(), PredicateContext.EMPTY, key);
            }
        } catch (InvalidPredicateException e) {
            problems.add(e.getMessage());
        }
    }

    /** The expression means something over this bundle's columns. */
    void expression(String key, @Nullable String source, Expressions.Result result) {
        try {
            if (source != null) {
                snapshot.expressions().compiled(source, result);
            }
        } catch (ExpressionRefused e) {
            problems.add(key + ": " + e.getMessage());
        }
    }

    /** The bundle has a model that tells click-bait. */
    void clickBaitModel() {
        if (!snapshot.hasClickBaitModel()) {
            problems.add("kind: click-bait needs a bundle with a click-bait model, version "
                    + snapshot.version().value() + " has none");
        }
    }
}
