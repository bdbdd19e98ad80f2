package dev.funnel.runtime.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.funnel.bundle.ItemPredicate;
import dev.funnel.bundle.Operand;
import dev.funnel.bundle.QueryField;
import dev.funnel.proto.common.v1.PredicateList;
import dev.funnel.runtime.error.CallerError;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** What is written to the wire is read back the same. */
class RoundTripTest {
    private static final Context CONTEXT = new Context(
            "DE",
            "de",
            DeviceType.TV,
            Instant.parse("2026-01-31T12:00:00.123Z"),
            Map.of(
                    "hour", new FeatureValue.Number(12),
                    "page", new FeatureValue.Text("start"),
                    "tags", new FeatureValue.Texts(List.of("a", "b")),
                    "nothing", new FeatureValue.Missing()));

    @Test
    void a_query_comes_back() {
        Query query = new Query(
                "u",
                Interactions.NONE,
                "seed",
                CONTEXT,
                List.of("x", "y"),
                new ItemPredicate.Equal("language", QueryField.LANGUAGE));
        Query read = FromWire.stampedQuery("query", ToWire.query(query));
        assertEquals(query.context(), read.context());
        assertEquals(query.filter(), read.filter());
        assertEquals(query.excludeItemIds(), read.excludeItemIds());
        assertEquals("u", read.userId());
        assertEquals("seed", read.seedItemId());
    }

    @Test
    void a_user_state_comes_back() {
        Interactions recent = new Interactions(
                List.of("a", "b"), new byte[] {1, 5}, new long[] {7, 0}, new long[] {-1, 3_000}, new float[] {1, 2.5f});
        UserState user = new UserState(
                "u",
                Map.of("country", new FeatureValue.Text("DE")),
                recent,
                1,
                List.of("old"),
                List.of("bad"),
                List.of("loud"),
                List.of("horror"),
                List.of("friend"),
                new ImpressionCounts(List.of("c"), new int[] {3}),
                true);
        UserState read = FromWire.userState("user", ToWire.userState(user));
        assertEquals(user.profile(), read.profile());
        assertEquals(recent.itemIds(), read.recent().itemIds());
        assertArrayEquals(recent.kinds(), read.recent().kinds());
        assertArrayEquals(recent.timesMs(), read.recent().timesMs());
        assertArrayEquals(recent.watchedMs(), read.recent().watchedMs());
        assertArrayEquals(recent.weights(), read.recent().weights());
        assertEquals(1, read.freshCount());
        assertEquals(user.olderWatchedItemIds(), read.olderWatchedItemIds());
        assertEquals(user.dislikedItemIds(), read.dislikedItemIds());
        assertEquals(user.blockedUploaders(), read.blockedUploaders());
        assertEquals(user.blockedCategories(), read.blockedCategories());
        assertEquals(user.followedUploaders(), read.followedUploaders());
        assertArrayEquals(new int[] {3}, read.unclicked().counts());
        assertEquals(true, read.known());
    }

    @RepeatedTest(20)
    void pools_come_back(RepetitionInfo repetition) {
        long seed = repetition.getCurrentRepetition();
        Random random = new Random(seed);
        int size = random.nextInt(50);
        List<String> ids = IntStream.range(0, size).mapToObj(i -> "item-" + i).toList();
        int nominated = size == 0 ? 0 : random.nextInt(size);
        Nomination nomination = new Nomination(
                "als",
                random.ints(nominated, 0, Math.max(1, size)).toArray(),
                floats(random, nominated),
                floats(random, nominated),
                random.nextBoolean() ? new float[0] : floats(random, size));
        Candidates pool = new Candidates(ids, List.of(nomination), floats(random, size));
        Candidates read = CandidatesFromWire.candidates("candidates", ToWire.candidates(pool));
        String at = "seed " + seed;
        assertEquals(ids, read.itemIds(), at);
        assertArrayEquals(pool.calibratedScores(), read.calibratedScores(), at);
        assertEquals("als", read.nominations().getFirst().generator(), at);
        assertArrayEquals(nomination.positions(), read.nominations().getFirst().positions(), at);
        assertArrayEquals(nomination.scores(), read.nominations().getFirst().scores(), at);
        assertArrayEquals(nomination.calibrated(), read.nominations().getFirst().calibrated(), at);
        assertArrayEquals(nomination.poolScores(), read.nominations().getFirst().poolScores(), at);
    }

    private static float[] floats(Random random, int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    @Test
    void reports_come_back() {
        Degradation degradation =
                new Degradation(Stage.RANKING, DegradationKind.LATE, "engine", "DEADLINE_EXCEEDED", "retrieval scores");
        assertEquals(degradation, ReportsFromWire.degradation(ReportsToWire.degradation(degradation)));
        StageReport report = new StageReport(
                Stage.CANDIDATES,
                0,
                12,
                Duration.ofNanos(1_234_567),
                List.of(new ComponentReport("als", 0, 7, Duration.ofMillis(2), "folded in")));
        assertEquals(report, ReportsFromWire.report(ReportsToWire.report(report)));
        ItemTrace trace = new ItemTrace("i", Stage.RERANKING, TraceVerdict.REMOVED, "expired", "since monday", 1.5f, 3);
        assertEquals(trace, ReportsFromWire.trace(ReportsToWire.trace(trace)));
    }

    @RepeatedTest(50)
    void predicates_come_back(RepetitionInfo repetition) {
        long seed = repetition.getCurrentRepetition();
        ItemPredicate predicate = predicate(new Random(seed), 3);
        assertEquals(
                predicate, PredicateFromWire.predicate("filter", PredicateToWire.predicate(predicate)), "seed " + seed);
    }

    private static ItemPredicate predicate(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 7)) {
            case 0 -> new ItemPredicate.Equal("language", operand(random));
            case 1 -> new ItemPredicate.In("country", List.of(operand(random), operand(random)));
            case 2 -> new ItemPredicate.Present("title");
            case 3 ->
                new ItemPredicate.Range("published_at", random.nextBoolean() ? null : operand(random), operand(random));
            case 4 -> new ItemPredicate.Not(predicate(random, depth - 1));
            case 5 -> new ItemPredicate.All(List.of(predicate(random, depth - 1), predicate(random, depth - 1)));
            default -> new ItemPredicate.Any(List.of(predicate(random, depth - 1)));
        };
    }

    private static Operand operand(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new Operand.Text("de");
            case 1 -> new Operand.Number(random.nextDouble());
            case 2 -> new Operand.Time(random.nextInt());
            default -> random.nextBoolean() ? QueryField.LANGUAGE : QueryField.SEED_ITEM_ID;
        };
    }

    @Test
    void a_predicate_that_is_incomplete_or_too_large_is_refused_by_its_path() {
        var empty = dev.funnel.proto.common.v1.ItemPredicate.getDefaultInstance();
        assertEquals("filter", refusedField(empty));
        var inside = dev.funnel.proto.common.v1.ItemPredicate.newBuilder()
                .setAll(PredicateList.newBuilder().addPredicates(empty))
                .build();
        assertEquals("filter.all[0]", refusedField(inside));
        ItemPredicate deep = new ItemPredicate.Present("title");
        for (int i = 0; i < 8; i++) {
            deep = new ItemPredicate.Not(deep);
        }
        assertEquals("filter" + ".not".repeat(8), refusedField(PredicateToWire.predicate(deep)));
        ItemPredicate wide = new ItemPredicate.Any(IntStream.range(0, 64)
                .<ItemPredicate>mapToObj(i -> new ItemPredicate.Present("title"))
                .toList());
        assertEquals("filter.any[63]", refusedField(PredicateToWire.predicate(wide)));
        var nan = PredicateToWire.predicate(new ItemPredicate.Equal("age", new Operand.Number(Double.NaN)));
        assertEquals("filter.equals.value.number", refusedField(nan));
    }

    private static String refusedField(dev.funnel.proto.common.v1.ItemPredicate wire) {
        return assertThrows(CallerError.class, () -> PredicateFromWire.predicate("filter", wire))
                .field();
    }
}
