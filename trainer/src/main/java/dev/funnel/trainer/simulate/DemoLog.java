package dev.funnel.trainer.simulate;

import dev.funnel.trainer.simulate.LoggingPolicy.Source;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** What happened in the demo world, as growing columns: pages with their impressions, and deeds. */
final class DemoLog {

    /** What a viewer did; the lower-case names are the kinds of the interactions file. */
    enum Deed {
        WATCH,
        LIKE,
        DISLIKE,
        SEARCH
    }

    int pages;
    int[] pageUser = new int[256];
    long[] pageMs = new long[256];
    int[] pageStart = new int[256];

    int impressions;
    int[] item = new int[4096];
    Source[] source = new Source[4096];
    float[] score = new float[4096];
    /** Seconds watched; NaN if not clicked. */
    float[] watched = new float[4096];

    int deeds;
    int[] deedUser = new int[512];
    /** The video; of a search, the one found. */
    int[] deedItem = new int[512];

    long[] deedMs = new long[512];
    Deed[] deed = new Deed[512];
    /** Seconds watched; NaN if not a watch. */
    float[] deedWatched = new float[512];

    void addPage(int user, long timeMs) {
        if (pages == pageUser.length) {
            pageUser = Arrays.copyOf(pageUser, 2 * pages);
            pageMs = Arrays.copyOf(pageMs, 2 * pages);
            pageStart = Arrays.copyOf(pageStart, 2 * pages);
        }
        pageUser[pages] = user;
        pageMs[pages] = timeMs;
        pageStart[pages++] = impressions;
    }

    /** An impression at the next position of the last page. */
    void addImpression(int shown, Source from, float strength, float seconds) {
        if (impressions == item.length) {
            item = Arrays.copyOf(item, 2 * impressions);
            source = Arrays.copyOf(source, 2 * impressions);
            score = Arrays.copyOf(score, 2 * impressions);
            watched = Arrays.copyOf(watched, 2 * impressions);
        }
        item[impressions] = shown;
        source[impressions] = from;
        score[impressions] = strength;
        watched[impressions++] = seconds;
    }

    void addDeed(int user, int of, long timeMs, Deed kind, float seconds) {
        if (deeds == deed.length) {
            deedUser = Arrays.copyOf(deedUser, 2 * deeds);
            deedItem = Arrays.copyOf(deedItem, 2 * deeds);
            deedMs = Arrays.copyOf(deedMs, 2 * deeds);
            deed = Arrays.copyOf(deed, 2 * deeds);
            deedWatched = Arrays.copyOf(deedWatched, 2 * deeds);
        }
        deedUser[deeds] = user;
        deedItem[deeds] = of;
        deedMs[deeds] = timeMs;
        deed[deeds] = kind;
        deedWatched[deeds++] = seconds;
    }

    /** The end of a page's impressions. */
    int pageEnd(int page) {
        return page + 1 < pages ? pageStart[page + 1] : impressions;
    }

    void addAll(DemoLog other) {
        for (int p = 0; p < other.pages; p++) {
            addPage(other.pageUser[p], other.pageMs[p]);
            for (int i = other.pageStart[p]; i < other.pageEnd(p); i++) {
                addImpression(other.item[i], other.source[i], other.score[i], other.watched[i]);
            }
        }
        for (int d = 0; d < other.deeds; d++) {
            addDeed(other.deedUser[d], other.deedItem[d], other.deedMs[d], other.deed[d], other.deedWatched[d]);
        }
    }

    int[] pagesByTime() {
        return byTime(pages, pageMs);
    }

    int[] deedsByTime() {
        return byTime(deeds, deedMs);
    }

    private static int[] byTime(int count, long[] ms) {
        return IntStream.range(0, count)
                .boxed()
                .sorted(Comparator.comparingLong(i -> ms[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
