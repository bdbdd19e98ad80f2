package dev.funnel.trainer.train;

import dev.funnel.trainer.read.ImpressionLog;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Impressions gathered into pages: page p holds the impressions {@code order[starts[p]]} to {@code order[starts[p + 1] - 1]}. */
record Shown(ImpressionLog log, int[] order, int[] starts) {

    static Shown of(ImpressionLog log) {
        int[] starts = new int[log.requestCount() + 1];
        for (int request : log.requests()) {
            starts[request + 1]++;
        }
        Arrays.parallelPrefix(starts, Integer::sum);
        int[] next = starts.clone();
        int[] order = new int[log.size()];
        for (int i = 0; i < order.length; i++) {
            order[next[log.requests()[i]]++] = i;
        }
        return new Shown(log, order, starts);
    }

    /** The impressions of a page. */
    int[] page(int page) {
        return Arrays.copyOfRange(order, starts[page], starts[page + 1]);
    }

    int first(int page) {
        return order[starts[page]];
    }

    /** The pages of known users that a lesson asks about: those shown in its time, or, without times, dealt to its users. */
    int[] pagesOf(Lesson lesson) {
        return IntStream.range(0, starts.length - 1)
                .filter(page -> starts[page] < starts[page + 1])
                .filter(page -> lesson.asksAbout(log.timesMs()[first(page)]))
                .toArray();
    }
}
