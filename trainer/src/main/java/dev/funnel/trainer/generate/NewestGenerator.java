package dev.funnel.trainer.generate;

import dev.funnel.bundle.GeneratorEntry;
import dev.funnel.bundle.TimeColumn;
import dev.funnel.trainer.fit.Newest;
import dev.funnel.trainer.read.InteractionLog;
import java.util.Arrays;
import java.util.Map;

/** {@code newest}: the items published last before what was fitted on ends; without times those that were seen last. */
public final class NewestGenerator implements GeneratorKind {

    @Override
    public String name() {
        return "newest";
    }

    @Override
    public Fitting fitting(GeneratorLine line) {
        int length = line.whole("length", FittedList.USUAL_LENGTH, 1, FittedList.LONGEST);
        return (input, progress) -> fit(input, length);
    }

    private static FittedList fit(FittingInput input, int length) {
        InteractionLog log = input.deeds().log();
        long[] publishedMs = input.publishedMs();
        boolean known = Arrays.stream(publishedMs).anyMatch(time -> time != TimeColumn.MISSING);
        if (known && log.timed()) {
            long last = input.lastMs(input.places());
            return byPublication(
                    Arrays.stream(publishedMs)
                            .map(time -> time <= last ? time : TimeColumn.MISSING)
                            .toArray(),
                    length);
        }
        return known
                ? byPublication(publishedMs, length)
                : FittedList.of(
                        Newest.byLastInteraction(input.items().size(), oldestFirst(log, input.places()), length),
                        Map.of());
    }

    /** Services have live items compare with the time of the newest. */
    private static FittedList byPublication(long[] publishedMs, int length) {
        long newest = Arrays.stream(publishedMs).max().orElse(TimeColumn.MISSING);
        return FittedList.of(
                Newest.byPublication(publishedMs, length),
                newest == TimeColumn.MISSING ? Map.of() : Map.of(GeneratorEntry.NEWEST_AT_MS, (double) newest));
    }

    private static int[] oldestFirst(InteractionLog log, int[] places) {
        return Arrays.stream(places)
                .boxed()
                .sorted((a, b) -> Long.compare(log.timesMs()[a], log.timesMs()[b]))
                .mapToInt(place -> log.items()[place])
                .toArray();
    }
}
