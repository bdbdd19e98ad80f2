package dev.funnel.cli.command;

import dev.funnel.bundle.schema.Block;
import dev.funnel.bundle.schema.Feature;
import dev.funnel.bundle.schema.Source;
import dev.funnel.trainer.rank.DeclaredFeatures;
import dev.funnel.trainer.rank.DeclaredTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The features of a training configuration as blocks of a network: those of one source stand side by side in the block named after it,
 * unless they name another; blocks in the order of sources, features in the order listed.
 */
final class FeatureSections {
    private FeatureSections() {}

    /** @throws IllegalArgumentException naming the feature or table that breaks a rule */
    static DeclaredFeatures declared(int recentWatches, List<DeclaredTable> tables, List<FeatureSection> features) {
        List<Block> blocks = new ArrayList<>();
        for (Source source : Source.values()) {
            Map<String, List<Feature>> named = new LinkedHashMap<>();
            for (FeatureSection feature : features) {
                if (feature.source() == source) {
                    named.computeIfAbsent(blockOf(feature), name -> new ArrayList<>())
                            .add(feature.declared());
                }
            }
            named.forEach((name, inputs) -> blocks.add(new Block(name, source, inputs)));
        }
        return new DeclaredFeatures(recentWatches, tables, blocks);
    }

    private static String blockOf(FeatureSection feature) {
        String block = feature.block();
        return block == null ? usual(feature.source()) : block;
    }

    private static String usual(Source source) {
        return source.name().toLowerCase(Locale.ROOT);
    }
}
