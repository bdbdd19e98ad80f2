package dev.funnel.trainer.read;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.duckdb.DuckDBAppender;

/** The ids of items and users as tables of the engine, so that a file's ids become rows by a join. */
final class KnownIds {

    /** The user's row, NULL if unknown. */
    static final String USER = "funnel_user";

    /** The item's index, {@link #REMOVED} if it is gone, NULL if unknown. */
    static final String ITEM = "funnel_item";

    /** Stands for an item that the item log has removed. */
    static final int REMOVED = -1;

    /** What rows of such items are, in a report. */
    static final String OF_REMOVED_ITEMS = "rows of items that the item log has removed";

    private final String userFile;
    private final String itemFile;

    private KnownIds(String userFile, String itemFile) {
        this.userFile = userFile;
        this.itemFile = itemFile;
    }

    /**
     * @param userFile where the users come from, as messages call it
     * @param removedItems items that are known to be gone: what happened with them is right, but nothing can be learned from it
     */
    static KnownIds of(
            String[] users,
            String userFile,
            String[] items,
            Collection<String> removedItems,
            String itemFile,
            Engine engine)
            throws SQLException {
        store("funnel_users", users, List.of(), engine);
        store("funnel_items", items, removedItems, engine);
        return new KnownIds(userFile, itemFile);
    }

    /** A relation with {@link #USER} and {@link #ITEM} added. */
    String join(String relation, Cell user, Cell item) {
        return """
                (SELECT t.*, u.funnel_index AS %s, i.funnel_index AS %s FROM %s AS t
                LEFT JOIN funnel_users AS u ON u.funnel_id = %s LEFT JOIN funnel_items AS i ON i.funnel_id = %s)""".formatted(USER, ITEM, relation, user.text(), item.text());
    }

    /** A user is given and known. */
    List<RowRule> userRules(String column, Cell user) {
        List<RowRule> rules = new ArrayList<>(Rules.id(column, user));
        rules.add(Rules.known(column, user, USER, userFile));
        return rules;
    }

    /** A user, if given, is known. */
    List<RowRule> visitorRules(String column, Cell user) {
        return List.of(
                Rules.atMostBytes(column, user, Rules.LONGEST_ID_BYTES),
                RowRule.of(column, "is not in " + userFile, "(%s) AND %s IS NULL".formatted(user.given(), USER), user));
    }

    /** An item is given and known, wherever the condition holds. */
    List<RowRule> itemRules(String column, Cell item, String condition) {
        List<RowRule> rules = new ArrayList<>(Rules.id(column, item));
        rules.add(Rules.known(column, item, ITEM, itemFile));
        return rules.stream()
                .map(rule -> new RowRule(
                        column, rule.rule(), "(%s) AND (%s)".formatted(condition, rule.broken()), rule.shown()))
                .toList();
    }

    private static void store(String table, String[] ids, Collection<String> removed, Engine engine)
            throws SQLException {
        engine.execute("CREATE TEMP TABLE %s (funnel_id VARCHAR, funnel_index INTEGER)".formatted(table));
        try (DuckDBAppender rows = engine.connection().createAppender(table)) {
            for (int i = 0; i < ids.length; i++) {
                rows.beginRow().append(ids[i]).append(i).endRow();
            }
            for (String id : removed) {
                rows.beginRow().append(id).append(REMOVED).endRow();
            }
        }
    }
}
