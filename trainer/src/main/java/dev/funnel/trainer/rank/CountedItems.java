package dev.funnel.trainer.rank;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Statistics of items as they were at several instants of the log. An example reads those of the last instant before it, as a
 * ranker that is served reads those of the day its bundle was trained: with statistics of one early instant, items published since
 * would be strange to every example and known when it is served.
 *
 * @param fromMs ascending; the first is also for what was before
 * @param steps by instant: numbers of each item, by name
 */
record CountedItems(long[] fromMs, List<Map<String, float[]>> steps) {

    static CountedItems of(RankerTrainingInput input) {
        ItemStatistics count = new ItemStatistics(input.items());
        List<Map<String, float[]>> steps = new ArrayList<>();
        for (long instant : input.countedMs()) {
            steps.add(
                    switch (input.examples()) {
                        case Examples.Impressions shown -> count.count(input.past(), shown.log(), instant);
                        case Examples.Positives held -> count.count(input.past(), null, instant);
                    });
        }
        return new CountedItems(input.countedMs(), steps);
    }

    /** The number of the step that an example of this time reads. */
    int stepAt(long timeMs) {
        int step = fromMs.length - 1;
        while (step > 0 && fromMs[step] > timeMs) {
            step--;
        }
        return step;
    }

    Iterable<String> names() {
        return steps.getFirst().keySet();
    }

    /** The newest. */
    Map<String, float[]> last() {
        return steps.getLast();
    }
}
