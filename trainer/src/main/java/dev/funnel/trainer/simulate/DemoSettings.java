package dev.funnel.trainer.simulate;

/**
 * The size and the seed of a demo world.
 *
 * @param items videos, 10 to 10,000,000
 * @param users viewers, 1 to 10,000,000
 * @param days length of the log, 1 to 3,650
 * @param impressions videos shown, at least one per viewer, at most 100,000,000; a world with so few videos that pages
 *     cannot be filled has fewer
 * @param seed every content of the world follows from it
 */
public record DemoSettings(int items, int users, int days, int impressions, long seed) {

    public static final DemoSettings DEFAULT = new DemoSettings(20_000, 5_000, 60, 1_000_000, 1);

    public DemoSettings {
        bounded("items", items, 10, 10_000_000);
        bounded("users", users, 1, 10_000_000);
        bounded("days", days, 1, 3_650);
        bounded("impressions", impressions, users, 100_000_000);
    }

    private static void bounded(String field, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("%s: %,d is not in %,d .. %,d".formatted(field, value, least, most));
        }
    }
}
