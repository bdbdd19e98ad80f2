package dev.funnel.trainer.read;

/**
 * What users searched for, in the order of the file, as parallel arrays of equal length.
 *
 * @param users user rows
 * @param timesMs milliseconds since 1970; 0 throughout if the file has no times
 * @param texts what was typed, not empty
 */
public record SearchLog(int[] users, long[] timesMs, String[] texts) {
    /** Nobody searched. */
    public static final SearchLog NONE = new SearchLog(new int[0], new long[0], new String[0]);

    public int size() {
        return users.length;
    }
}
