package dev.funnel.trainer.tower;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.SearchTokens;
import dev.funnel.inference.feature.FeatureValue;
import dev.funnel.inference.feature.RankingInput;
import dev.funnel.trainer.prepare.Deeds;
import dev.funnel.trainer.prepare.PositiveRule;
import dev.funnel.trainer.prepare.Profiles;
import dev.funnel.trainer.prepare.Searches;
import dev.funnel.trainer.prepare.UserHistories;
import dev.funnel.trainer.prepare.Whereabouts;
import dev.funnel.trainer.read.InteractionKinds;
import dev.funnel.trainer.read.InteractionLog;
import dev.funnel.trainer.read.SearchLog;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** User a watched items 0 to 5, a second apart, and left item 7 at once; user b watched item 8 last of all. */
class FutureExamplesTest {
    private static final int PER_USER = 3;
    private static final long[] TIMES = {1_000, 2_000, 3_000, 4_000, 5_000, 6_000, 3_500, 9_000};
    private static final int[] ITEMS = {0, 1, 2, 3, 4, 5, 7, 8};
    private static final SearchLog SEARCHES =
            new SearchLog(new int[] {0, 0}, new long[] {2_500, 4_500}, new String[] {"cats", "dogs"});

    @TempDir
    Path folder;

    private final Arena arena = Arena.ofShared();
    private FutureExamples examples;

    @BeforeEach
    void draw() throws Exception {
        SmallTables tables = new SmallTables(folder, arena);
        int size = ITEMS.length;
        byte[] kinds = new byte[size];
        Arrays.fill(kinds, InteractionKinds.WATCH);
        float[] seconds = new float[size];
        Arrays.fill(seconds, 100);
        seconds[6] = 1;
        float[] weights = new float[size];
        Arrays.fill(weights, 1);
        float[] durations = new float[SmallTables.ITEMS];
        Arrays.fill(durations, 100);
        Deeds deeds = Deeds.of(
                new InteractionLog(new int[] {0, 0, 0, 0, 0, 0, 0, 1}, ITEMS, TIMES, kinds, seconds, weights, SEARCHES),
                2,
                SmallTables.ITEMS,
                durations,
                PositiveRule.DEFAULT);
        int[] all = IntStream.range(0, size).toArray();
        TowerSettings usual = TowerSettings.softmaxDnn(4, 1);
        TowerSettings settings = new TowerSettings(
                usual.features(),
                usual.query(),
                null,
                1,
                new TowerSettings.Sampling(PER_USER, 10, .5, 1, 0, 0),
                usual.descent(),
                1,
                1);
        examples = new FutureExamples(
                deeds,
                all,
                UserHistories.of(deeds, all, 100),
                new Profiles(tables.users),
                Searches.of(SEARCHES, 2),
                Whereabouts.of(null, 2),
                settings);
    }

    @AfterEach
    void close() {
        arena.close();
    }

    @Test
    void the_label_is_a_later_watch_and_the_input_only_what_came_before_it() {
        for (int number = 0; number < 5; number++) {
            TowerExamples.Epoch epoch = examples.epoch(number);
            for (int example = 0; example < epoch.size(); example++) {
                int label = epoch.labels(example)[0];
                long time = TIMES[place(label)];
                RankingInput person = epoch.person(example);
                assertEquals(time, person.timeMillis());
                assertArrayEquals(before(label, time), person.history().items(), "label " + label);
                assertEquals(searchedBefore(label, time), person.profile().get(SearchTokens.COLUMN));
                assertEquals((9_000 - time) / 1_000f, person.exampleAgeSeconds());
            }
        }
    }

    @Test
    void every_user_gives_at_most_so_many_examples_an_epoch_drawn_anew_each_time() {
        Set<Integer> drawn = new HashSet<>();
        for (int number = 0; number < 20; number++) {
            TowerExamples.Epoch epoch = examples.epoch(number);
            assertEquals(PER_USER + 1, epoch.size());
            IntStream.range(0, epoch.size()).forEach(example -> drawn.add(epoch.labels(example)[0]));
        }
        assertEquals(Set.of(0, 1, 2, 3, 4, 5, 8), drawn, "what was left at once is no label");
    }

    @Test
    void a_label_counts_as_often_as_it_is_drawn_an_epoch() {
        float[] shares = examples.labelShares();
        assertEquals(shares[0], shares[5]);
        assertEquals(.5f / 4, shares[3], 1e-6f);
        assertTrue(shares[8] == .25f && shares[7] == 0);
    }

    private static int place(int item) {
        return IntStream.range(0, ITEMS.length)
                .filter(place -> ITEMS[place] == item)
                .findFirst()
                .orElseThrow();
    }

    /** What user a did before, newest first; user b had done nothing. */
    private static int[] before(int label, long time) {
        return label == 8
                ? new int[0]
                : IntStream.range(0, 7)
                        .filter(place -> TIMES[place] < time)
                        .boxed()
                        .sorted((one, other) -> Long.compare(TIMES[other], TIMES[one]))
                        .mapToInt(place -> ITEMS[place])
                        .toArray();
    }

    private static @Nullable FeatureValue searchedBefore(int label, long time) {
        List<String> tokens = time > 4_500 ? List.of("dogs", "cats") : time > 2_500 ? List.of("cats") : List.of();
        return label == 8 || tokens.isEmpty() ? null : new FeatureValue.Texts(tokens);
    }
}
