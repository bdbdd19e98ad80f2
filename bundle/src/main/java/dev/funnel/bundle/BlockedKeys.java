package dev.funnel.bundle;

import java.util.BitSet;
import java.util.List;

/** Tests that let no item of blocked uploaders or categories pass. What the table does not hold blocks nothing. */
public final class BlockedKeys {
    private BlockedKeys() {}

    /** Items of other uploaders than these; {@link ItemTest#ALL} if that is every item. */
    public static ItemTest uploaders(ItemTable items, List<String> blocked) {
        CategoryColumn uploaders = items.category("uploader");
        if (uploaders == null || blocked.isEmpty()) {
            return ItemTest.ALL;
        }
        BitSet codes = new BitSet();
        blocked.stream().mapToInt(uploaders::codeOf).filter(code -> code >= 0).forEach(codes::set);
        return codes.isEmpty()
                ? ItemTest.ALL
                : item -> {
                    int code = uploaders.code(item);
                    return code < 0 || !codes.get(code);
                };
    }

    /** Items with none of these categories; {@link ItemTest#ALL} if that is every item. */
    public static ItemTest categories(ItemTable items, List<String> blocked) {
        CategoryListColumn categories = items.categoryList("categories");
        if (categories == null || blocked.isEmpty()) {
            return ItemTest.ALL;
        }
        BitSet codes = new BitSet();
        blocked.stream().mapToInt(categories::codeOf).filter(code -> code >= 0).forEach(codes::set);
        return codes.isEmpty() ? ItemTest.ALL : item -> holdsNone(codes, categories, item);
    }

    private static boolean holdsNone(BitSet codes, CategoryListColumn categories, int item) {
        for (int i = 0; i < categories.count(item); i++) {
            if (codes.get(categories.code(item, i))) {
                return false;
            }
        }
        return true;
    }
}
