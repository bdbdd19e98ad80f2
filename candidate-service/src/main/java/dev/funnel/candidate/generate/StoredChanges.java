package dev.funnel.candidate.generate;

import dev.funnel.bundle.CategoryColumn;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.TimeColumn;
import java.util.BitSet;
import java.util.Objects;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The stored items that are not where the bundle's lists by column have them. Searches by uploader and by time look at these beside the
 * items that came later, and at no other stored one. Immutable.
 *
 * @param republished those with another time of publication
 * @param moved those with another uploader or another time of publication
 */
public record StoredChanges(BitSet republished, BitSet moved) {
    /** Nothing has changed. */
    public static final StoredChanges NONE = new StoredChanges(new BitSet(), new BitSet());

    /**
     * These and what else has changed.
     *
     * @param items indexes of items that may have, of any items
     * @param before the bundle's items
     * @param now the items as they are now
     */
    public StoredChanges with(int[] items, ItemTable before, ItemTable now) {
        TimeColumn wasPublished = before.time("published_at");
        TimeColumn published = now.time("published_at");
        CategoryColumn hadUploader = before.category("uploader");
        CategoryColumn uploader = now.category("uploader");
        IntPredicate later = item -> millis(wasPublished, item) != millis(published, item);
        IntPredicate other = item -> !Objects.equals(value(hadUploader, item), value(uploader, item));
        return new StoredChanges(
                marked(republished, items, before.size(), later), marked(moved, items, before.size(), later.or(other)));
    }

    private static BitSet marked(BitSet known, int[] items, int storedSize, IntPredicate differs) {
        BitSet marked = known;
        for (int item : items) {
            if (item < storedSize && marked.get(item) != differs.test(item)) {
                marked = marked == known ? (BitSet) known.clone() : marked;
                marked.flip(item);
            }
        }
        return marked;
    }

    private static long millis(@Nullable TimeColumn column, int item) {
        return column != null && column.present(item) ? column.millis(item) : TimeColumn.MISSING;
    }

    private static @Nullable String value(@Nullable CategoryColumn column, int item) {
        return column != null && column.code(item) >= 0 ? column.value(column.code(item)) : null;
    }
}
