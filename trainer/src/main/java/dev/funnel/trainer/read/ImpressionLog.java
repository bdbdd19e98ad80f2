package dev.funnel.trainer.read;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What was shown to users, in the order of the file, as parallel arrays of equal length.
 *
 * @param requests the page of each, numbered from 0 in order of first appearance
 * @param users user rows; -1 is an anonymous visitor
 * @param items item indexes
 * @param timesMs milliseconds since 1970; 0 throughout if the file has no times
 * @param positions on the page, from 0; -1 throughout if the file has none
 * @param watchSeconds how long it was watched; 0 if it was not clicked, NaN if unknown
 * @param sources names of the generators that nominated it, {@value #SEPARATOR} between them; nothing where the file does not tell
 */
public record ImpressionLog(
        int[] requests,
        int[] users,
        int[] items,
        long[] timesMs,
        short[] positions,
        boolean[] clicked,
        float[] watchSeconds,
        Codes country,
        Codes language,
        Codes device,
        Codes sources) {
    /** Between the names of an impression's generators: ASCII's unit separator. */
    public static final char SEPARATOR = 31;

    /** Impressions of which nobody knows who nominated them. */
    public ImpressionLog(
            int[] requests,
            int[] users,
            int[] items,
            long[] timesMs,
            short[] positions,
            boolean[] clicked,
            float[] watchSeconds,
            Codes country,
            Codes language,
            Codes device) {
        this(
                requests,
                users,
                items,
                timesMs,
                positions,
                clicked,
                watchSeconds,
                country,
                language,
                device,
                Codes.none(users.length));
    }

    public int size() {
        return users.length;
    }

    /** The same log, where a click of unknown watch time counts as the mean of the known ones, or as 1 second if none is known. */
    public ImpressionLog withKnownWatches() {
        float mean = (float) IntStream.range(0, size())
                .filter(i -> clicked[i] && !Float.isNaN(watchSeconds[i]))
                .mapToDouble(i -> watchSeconds[i])
                .average()
                .orElse(1);
        float[] known = watchSeconds.clone();
        for (int i = 0; i < known.length; i++) {
            known[i] = Float.isNaN(known[i]) ? mean : known[i];
        }
        return new ImpressionLog(
                requests, users, items, timesMs, positions, clicked, known, country, language, device, sources);
    }

    /** Whether the impressions have times; either all have one or none. */
    public boolean timed() {
        return size() > 0 && timesMs[0] != 0;
    }

    /** How many pages were shown. */
    public int requestCount() {
        return Arrays.stream(requests).max().orElse(-1) + 1;
    }

    /** The same log as if nobody knew at which positions anything was shown. */
    public ImpressionLog withoutPositions() {
        short[] unknown = new short[size()];
        Arrays.fill(unknown, (short) -1);
        return new ImpressionLog(
                requests, users, items, timesMs, unknown, clicked, watchSeconds, country, language, device, sources);
    }
}
