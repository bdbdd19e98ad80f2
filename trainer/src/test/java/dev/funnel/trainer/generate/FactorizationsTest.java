package dev.funnel.trainer.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.retrieval.FoldIn;
import dev.funnel.retrieval.FoldInSettings;
import dev.funnel.trainer.Progress;
import dev.funnel.trainer.fit.Bpr;
import dev.funnel.trainer.fit.BprSettings;
import dev.funnel.trainer.fit.Factors;
import dev.funnel.trainer.fit.SgdFactorization;
import dev.funnel.trainer.fit.SgdSettings;
import dev.funnel.trainer.fit.SparseRows;
import dev.funnel.trainer.fit.Svd;
import dev.funnel.trainer.fit.SvdSettings;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Factorisations other than WALS as generators: configured by a line, and usable for users they were not fitted on. */
final class FactorizationsTest {

    private static final int GROUPS = 3;
    private static final int USERS = 150;
    private static final int ITEMS = 60;

    /** User u has taken items of the group u % 3, eight of its twenty. */
    private static SparseRows grouped() {
        int[] rows = new int[USERS * 8];
        int[] columns = new int[rows.length];
        float[] ones = new float[rows.length];
        Arrays.fill(ones, 1);
        for (int e = 0; e < rows.length; e++) {
            rows[e] = e / 8;
            columns[e] = (rows[e] * 7 + e % 8 * 2) % (ITEMS / GROUPS) * GROUPS + rows[e] % GROUPS;
        }
        return SparseRows.of(USERS, ITEMS, rows, columns, ones);
    }

    private record Fitted(String name, Factors factors, FoldInSettings foldIn) {}

    static Stream<Fitted> fitted() {
        SgdSettings sgd = new SgdSettings(9, 40, .1, .02, .005, 4, SgdSettings.Loss.LOGISTIC, 0, .1, 3, 1);
        BprSettings bpr = new BprSettings(9, 40, .1, .02, .005, 2, 1, BprSettings.Loss.LOG_SIGMOID, .1, 3, 1);
        SvdSettings svd = new SvdSettings(6, 8, 3, 1);
        return Stream.of(
                new Fitted("sgd-mf", SgdFactorization.fit(grouped(), sgd, Progress.SILENT), sgd.foldIn()),
                new Fitted("bpr", Bpr.fit(grouped(), bpr, Progress.SILENT), bpr.foldIn()),
                new Fitted("svd", Svd.fit(grouped(), svd, Progress.SILENT), svd.foldIn()));
    }

    @ParameterizedTest
    @MethodSource("fitted")
    void a_user_folded_in_from_two_items_prefers_the_items_of_their_group(Fitted fitted) {
        FoldIn foldIn = fitted.factors().foldInOfUsers(fitted.foldIn());
        for (int group = 0; group < GROUPS; group++) {
            float[] user = foldIn.solve(new int[] {group, GROUPS + group}, new float[] {1, 1});
            double own = meanScore(user, fitted.factors().items(), group);
            for (int other = 1; other < GROUPS; other++) {
                double stranger = meanScore(user, fitted.factors().items(), (group + other) % GROUPS);
                assertTrue(own > stranger, fitted.name() + ": " + own + " against " + stranger);
            }
        }
    }

    private static double meanScore(float[] user, FloatMatrix items, int group) {
        double sum = 0;
        for (int item = group; item < ITEMS; item += GROUPS) {
            for (int c = 0; c < user.length; c++) {
                sum += user[c] * items.get(item, c);
            }
        }
        return sum * GROUPS / ITEMS;
    }

    @ParameterizedTest
    @CsvSource({"sgd-mf, gravity, -1", "sgd-mf, loss, hinge", "bpr, loss, logistic", "svd, iterations, 0"})
    void a_value_that_the_kind_does_not_know_is_refused_by_name(String kind, String key, String value) {
        Object typed = value.matches("-?\\d+") ? (Object) Integer.valueOf(value) : value;
        Map<String, Object> line = Map.of("name", "one", "kind", kind, key, typed);
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class, () -> GeneratorKinds.installed().plan(line));
        assertTrue(String.valueOf(refusal.getMessage()).startsWith(key + " is \"" + value + "\""));
    }

    @Test
    void each_kind_can_be_configured() {
        for (String kind : new String[] {"sgd-mf", "bpr", "svd"}) {
            Map<String, Object> line = Map.of("name", "one", "kind", kind, "dimensions", 12, "limit", 7);
            assertEquals(7, GeneratorKinds.installed().plan(line).limit());
        }
    }
}
