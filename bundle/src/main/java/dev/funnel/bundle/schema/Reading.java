package dev.funnel.bundle.schema;

import static dev.funnel.bundle.schema.Shape.BAG;
import static dev.funnel.bundle.schema.Shape.CATEGORY;
import static dev.funnel.bundle.schema.Shape.EMBEDDING;
import static dev.funnel.bundle.schema.Shape.NUMBER;

import java.util.EnumSet;
import java.util.Set;

/**
 * What a feature reads before scaling or embedding. Times are seconds; "recent watches" are the newest
 * {@link FeatureSchema#recentWatches} positive interactions of the user's history (watches, clicks, likes, purchases), items
 * unknown to the bundle left out.
 */
public enum Reading {
    /** {@code of} = profile key, e.g. "country", "age". */
    PROFILE(Source.USER, Argument.NAME, NUMBER, CATEGORY, BAG),
    /** The user's own id, as a key; an anonymous visitor has none. */
    USER_ID(Source.USER, Argument.NONE, CATEGORY),
    /** How many recent watches there are. */
    HISTORY_COUNT(Source.USER, Argument.NONE, NUMBER),
    /** The items of the recent watches, newest first, as keys of a table by item or by their ids. */
    HISTORY_ITEMS(Source.USER, Argument.NONE, BAG),
    /** {@code of} = category or list column: its values over the recent watches. */
    HISTORY_COLUMN(Source.USER, Argument.COLUMN, BAG),
    /** {@code of} = number column: its weighted mean over the recent watches. */
    HISTORY_MEAN(Source.USER, Argument.COLUMN, NUMBER),
    /** {@code of} = table by item: the weighted mean of its rows over the recent watches. */
    HISTORY_VECTOR(Source.USER, Argument.TABLE, EMBEDDING),
    /** Mean share of the duration watched over the recent watches, in [0, 1]. */
    HISTORY_WATCHED_SHARE(Source.USER, Argument.NONE, NUMBER),

    /** {@code of} = name of a context value, e.g. "country", "device". */
    CONTEXT(Source.CONTEXT, Argument.NAME, NUMBER, CATEGORY, BAG),
    /** Hour of the query's time in UTC, 0 to 23. */
    HOUR_OF_DAY(Source.CONTEXT, Argument.NONE, NUMBER, CATEGORY),
    /** Day of the week of the query's time in UTC, 1 (Monday) to 7. */
    DAY_OF_WEEK(Source.CONTEXT, Argument.NONE, NUMBER, CATEGORY),
    /** Seconds from a training example to the end of the training log; always 0 in serving (Covington et al. 2016, section 3.3). */
    EXAMPLE_AGE(Source.CONTEXT, Argument.NONE, NUMBER),

    /** The item itself, as the key of a table by item or by its id. */
    ID(Source.ITEM, Argument.NONE, CATEGORY),
    /** {@code of} = column of the item table. */
    COLUMN(Source.ITEM, Argument.COLUMN, NUMBER, CATEGORY, BAG),
    /** {@code of} = table by item: its row. */
    VECTOR(Source.ITEM, Argument.TABLE, EMBEDDING),
    /** {@code of} = name of a number the trainer counted for every item, e.g. "watches". */
    STATISTIC(Source.ITEM, Argument.STATISTIC, NUMBER),

    /** {@code of} = time column: seconds from it to the query's time. */
    AGE(Source.PAIR, Argument.COLUMN, NUMBER),
    /** {@code of} = category or list column: weighted share of the recent watches that have the item's value, averaged over its values. */
    RECENT_SHARE(Source.PAIR, Argument.COLUMN, NUMBER),
    /** {@code of} = category or list column: how often the item's values occur among the recent watches. */
    RECENT_COUNT(Source.PAIR, Argument.COLUMN, NUMBER),
    /** {@code of} = category or list column: seconds since the last recent watch that has one of the item's values. */
    SINCE_LAST(Source.PAIR, Argument.COLUMN, NUMBER),
    /** {@code of} = category or list column: mean share of the duration watched over recent watches with the item's values. */
    WATCHED_SHARE(Source.PAIR, Argument.COLUMN, NUMBER),
    /** {@code of} = category or list column: 1 if it has the context's value of that name, or else the profile's; 0 if not. */
    MATCH(Source.PAIR, Argument.COLUMN, NUMBER),
    /** {@code of} = table by item: cosine of the item's row and the mean row of the recent watches. */
    COSINE(Source.PAIR, Argument.TABLE, NUMBER),
    /** {@code of} = table by item: inner product of the item's row and the mean row of the recent watches. */
    DOT(Source.PAIR, Argument.TABLE, NUMBER),
    /**
     * How often the item was lately shown to the user without a click. In training that is what the log of impressions shows before
     * the page; in service what the caller sends as interactions of kind impression, or as {@code UserState.unclicked}, for the user
     * table of a bundle holds none unless the log of interactions does. Missing if nobody says anything of the kind.
     */
    UNCLICKED(Source.PAIR, Argument.NONE, NUMBER),

    /** {@code of} = generator: its own score of the item, nominated by it or not. */
    SCORE(Source.CANDIDATE, Argument.NAME, NUMBER),
    /** {@code of} = generator: 1 if it nominated the item, else 0. */
    NOMINATED(Source.CANDIDATE, Argument.NAME, NUMBER),
    /** {@code of} = generator: the item's place among its nominations, from 1; missing if it did not nominate it. */
    NOMINATED_PLACE(Source.CANDIDATE, Argument.NAME, NUMBER),
    /** How many generators nominated the item. */
    NOMINATIONS(Source.CANDIDATE, Argument.NONE, NUMBER),
    /** Place on the page, from 1: the logged one in training, always 1 in serving, so that all are scored as if shown first. */
    POSITION(Source.CANDIDATE, Argument.NONE, NUMBER);

    /** What {@code of} names. */
    enum Argument {
        NONE,
        NAME,
        COLUMN,
        TABLE,
        STATISTIC
    }

    private final Source source;
    private final Argument argument;
    private final Set<Shape> shapes;

    Reading(Source source, Argument argument, Shape first, Shape... others) {
        this.source = source;
        this.argument = argument;
        this.shapes = EnumSet.of(first, others);
    }

    /** The only source of blocks that may read this. */
    public Source source() {
        return source;
    }

    /** True if a feature may read this in that form. */
    public boolean gives(Shape shape) {
        return shapes.contains(shape);
    }

    Argument argument() {
        return argument;
    }
}
