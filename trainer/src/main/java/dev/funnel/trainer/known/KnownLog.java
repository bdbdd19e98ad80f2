package dev.funnel.trainer.known;

import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.History;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.TableWriter;
import dev.funnel.bundle.TensorFile;
import dev.funnel.bundle.UserTable;
import dev.funnel.trainer.read.Codes;
import dev.funnel.trainer.read.ImpressionLog;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** The log of a {@link KnownWorld}: pages of {@value #PAGE} different videos drawn evenly, one a second, and what came of them. */
record KnownLog(KnownWorld world, ItemTable items, UserTable users, ImpressionLog impressions) {
    static final int PAGE = 10;

    private static final long START_MS = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    private static final long SECOND_MS = 1_000;

    /** Simulates; the tables are written into a folder, as a ranker reads them from files, and mapped. */
    static KnownLog simulate(KnownWorld world, int pages, long seed, Path folder, Arena arena) throws IOException {
        try {
            ItemTable items = ItemTable.load(TensorFile.open(writeItems(world, folder), arena));
            UserTable users = UserTable.load(TensorFile.open(writeUsers(world, folder), arena), items.size());
            return new KnownLog(world, items, users, show(world, pages, new SplittableRandom(seed)));
        } catch (BundleRefusedException e) {
            throw new IllegalStateException("a table just written cannot be read", e);
        }
    }

    private static Path writeItems(KnownWorld world, Path folder) throws IOException {
        Path file = folder.resolve("items.safetensors");
        new TableWriter(file, texts(world.videos(), row -> "v" + row))
                .number("lure", longTailed(world.lure()))
                .number("depth", longTailed(world.depth()))
                .number("pace", longTailed(world.pace()))
                .category("genre", texts(world.videos(), row -> "g" + world.genre()[row]))
                .write();
        return file;
    }

    private static Path writeUsers(KnownWorld world, Path folder) throws IOException {
        Path file = folder.resolve("users.safetensors");
        new TableWriter(file, texts(world.viewers(), row -> "u" + row))
                .number("mood", longTailed(world.mood()))
                .histories(new long[world.viewers() + 1], History.EMPTY)
                .write();
        return file;
    }

    private static String[] texts(int rows, IntFunction<String> text) {
        return IntStream.range(0, rows).mapToObj(text).toArray(String[]::new);
    }

    private static float[] longTailed(double[] shares) {
        float[] values = new float[shares.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = KnownWorld.longTailed(shares[i]);
        }
        return values;
    }

    private static ImpressionLog show(KnownWorld world, int pages, SplittableRandom random) {
        int size = pages * PAGE;
        int[] unknown = new int[size];
        Arrays.fill(unknown, -1);
        Codes none = new Codes(unknown, new String[0]);
        ImpressionLog log = new ImpressionLog(
                new int[size],
                new int[size],
                new int[size],
                new long[size],
                new short[size],
                new boolean[size],
                new float[size],
                none,
                none,
                none);
        for (int page = 0; page < pages; page++) {
            int viewer = random.nextInt(world.viewers());
            int[] videos = random.ints(0, world.videos()).distinct().limit(PAGE).toArray();
            for (int position = 0; position < PAGE; position++) {
                show(world, page, position, viewer, videos[position], random, log);
            }
        }
        return log;
    }

    private static void show(
            KnownWorld world,
            int page,
            int position,
            int viewer,
            int video,
            SplittableRandom random,
            ImpressionLog log) {
        int i = page * PAGE + position;
        log.requests()[i] = page;
        log.users()[i] = viewer;
        log.items()[i] = video;
        log.timesMs()[i] = START_MS + page * SECOND_MS;
        log.positions()[i] = (short) position;
        log.clicked()[i] = random.nextDouble() < world.clickProbability(viewer, video, position);
        double watched = -world.secondsOfClick(viewer, video) * Math.log1p(-random.nextDouble());
        log.watchSeconds()[i] = log.clicked()[i] ? (float) watched : 0;
    }

    /** The instant from which on no impression is of the first {@code pages} pages. */
    long endOf(int pages) {
        return START_MS + pages * SECOND_MS;
    }

    /** Seconds to expect of an impression, where it was shown. */
    double expectedSeconds(int impression) {
        return world.expectedSeconds(
                impressions.users()[impression],
                impressions.items()[impression],
                impressions.positions()[impression]);
    }

    /** Probability of a click on an impression, where it was shown. */
    double clickProbability(int impression) {
        return world.clickProbability(
                impressions.users()[impression],
                impressions.items()[impression],
                impressions.positions()[impression]);
    }
}
