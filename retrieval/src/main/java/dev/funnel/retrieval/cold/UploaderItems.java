package dev.funnel.retrieval.cold;

import dev.funnel.bundle.CategoryColumn;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.TimeColumn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** The items of each uploader by time of publication. An item's score is 1 / (1 + age in days). */
public final class UploaderItems {

    /** Of each uploader at most so many items, the newest, bound the work of one question. */
    private static final int MOST_OF_ONE = 100;

    private static final double MILLIS_PER_DAY = 86_400_000;

    private record Published(int item, long timeMs) {}

    private final Map<String, List<Published>> byUploader;

    private UploaderItems(Map<String, List<Published>> byUploader) {
        this.byUploader = byUploader;
    }

    /** Those of a table; none if it knows no uploaders or no times of publication. */
    public static UploaderItems of(ItemTable items) {
        Map<String, List<Published>> byUploader = new HashMap<>();
        CategoryColumn uploaders = items.category("uploader");
        TimeColumn published = items.time("published_at");
        if (uploaders != null && published != null) {
            IntStream.range(0, items.size())
                    .filter(item -> uploaders.code(item) >= 0 && published.present(item))
                    .forEach(item -> byUploader
                            .computeIfAbsent(uploaders.value(uploaders.code(item)), key -> new ArrayList<>())
                            .add(new Published(item, published.millis(item))));
        }
        byUploader
                .values()
                .forEach(each -> each.sort(
                        Comparator.comparingLong(Published::timeMs).reversed().thenComparingInt(Published::item)));
        return new UploaderItems(byUploader);
    }

    /** How many uploaders there are. */
    public int size() {
        return byUploader.size();
    }

    /**
     * What these uploaders published last, with its scores; nothing that is not published yet.
     *
     * @param nowMs milliseconds since 1970; 0: unknown, and there is nothing
     */
    public Map<Integer, Float> newest(Set<String> uploaders, long nowMs) {
        Map<Integer, Float> scores = new LinkedHashMap<>();
        for (String uploader : uploaders) {
            byUploader.getOrDefault(uploader, List.of()).stream()
                    .filter(each -> each.timeMs <= nowMs)
                    .limit(MOST_OF_ONE)
                    .forEach(each -> scores.put(each.item, score(each.timeMs, nowMs)));
        }
        return scores;
    }

    /** The score of an item published then, not after now. */
    public static float score(long publishedMs, long nowMs) {
        return (float) (1 / (1 + (nowMs - publishedMs) / MILLIS_PER_DAY));
    }
}
