package dev.funnel.trainer.known;

import dev.funnel.bundle.schema.Block;
import dev.funnel.bundle.schema.CategoryFeature;
import dev.funnel.bundle.schema.Feature;
import dev.funnel.bundle.schema.NumberFeature;
import dev.funnel.bundle.schema.Reading;
import dev.funnel.bundle.schema.Scale;
import dev.funnel.bundle.schema.Source;
import dev.funnel.trainer.rank.DeclaredFeatures;
import dev.funnel.trainer.rank.DeclaredTable;
import dev.funnel.trainer.rank.HeadKind;
import dev.funnel.trainer.rank.RankerGoals;
import dev.funnel.trainer.rank.RankerSettings;
import dev.funnel.trainer.rank.RankerSettings.Descent;
import dev.funnel.trainer.rank.RankerSettings.Embeddings;
import dev.funnel.trainer.rank.RankerSettings.NetworkPlan;
import dev.funnel.trainer.rank.RankerSettings.Weighting;
import java.util.List;
import java.util.Map;

/**
 * One ranker of the table.
 *
 * @param head what it is trained for, which is its score
 * @param powers whether numbers come with their square and square root
 */
record Variant(String name, HeadKind head, Weighting weighting, List<Integer> hidden, boolean powers) {

    /** The lines of the table, in order; the first is what the others are compared with. */
    static final List<Variant> ALL = List.of(
            new Variant("256-128", HeadKind.WATCH_TIME, Weighting.EXPECTED_WEIGHT, List.of(256, 128), true),
            new Variant("unweighted", HeadKind.CLICK, Weighting.EXPECTED_WEIGHT, List.of(256, 128), true),
            new Variant("without powers", HeadKind.WATCH_TIME, Weighting.EXPECTED_WEIGHT, List.of(256, 128), false),
            new Variant("paper's weighting", HeadKind.WATCH_TIME, Weighting.PAPER, List.of(256, 128), true),
            new Variant("no hidden layer", HeadKind.WATCH_TIME, Weighting.EXPECTED_WEIGHT, List.of(), true),
            new Variant("16", HeadKind.WATCH_TIME, Weighting.EXPECTED_WEIGHT, List.of(16), true),
            new Variant("512-256-128", HeadKind.WATCH_TIME, Weighting.EXPECTED_WEIGHT, List.of(512, 256, 128), true),
            new Variant(
                    "1024-512-256", HeadKind.WATCH_TIME, Weighting.EXPECTED_WEIGHT, List.of(1_024, 512, 256), true));

    RankerSettings settings(int epochs, long seed, int threads) {
        RankerSettings usual = RankerSettings.defaults(seed, threads);
        return new RankerSettings(
                new NetworkPlan("mlp", hidden, 0, List.of()),
                new RankerGoals(List.of(head), Map.of(), ""),
                1,
                new Embeddings(0, KnownWorld.GENRES),
                weighting,
                new Descent(epochs, 1_000, 1e-3f, .05f, 0),
                usual.validationShare(),
                usual.mostExamples(),
                usual.negatives(),
                seed,
                threads,
                features());
    }

    private DeclaredFeatures features() {
        return new DeclaredFeatures(
                1,
                List.of(new DeclaredTable.Texts("genres", KnownWorld.GENRES, "genre", null)),
                List.of(
                        new Block("user", Source.USER, List.of(number("mood", Reading.PROFILE))),
                        new Block(
                                "item",
                                Source.ITEM,
                                List.<Feature>of(
                                        new CategoryFeature("genre", Reading.COLUMN, "genre", "genres"),
                                        number("lure", Reading.COLUMN),
                                        number("depth", Reading.COLUMN),
                                        number("pace", Reading.COLUMN))),
                        new Block(
                                "candidate",
                                Source.CANDIDATE,
                                List.of(new NumberFeature(
                                        "position", Reading.POSITION, null, Scale.QUANTILE, powers, 0, false)))));
    }

    private NumberFeature number(String of, Reading from) {
        return new NumberFeature(of, from, of, Scale.QUANTILE, powers, 0, false);
    }
}
