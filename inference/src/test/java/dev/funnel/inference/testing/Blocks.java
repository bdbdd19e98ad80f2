package dev.funnel.inference.testing;

import dev.funnel.bundle.schema.Block;
import dev.funnel.bundle.schema.EmbeddingFeature;
import dev.funnel.bundle.schema.Feature;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.bundle.schema.Head;
import dev.funnel.bundle.schema.Reading;
import dev.funnel.bundle.schema.Source;
import dev.funnel.bundle.schema.VectorTable;
import dev.funnel.inference.engine.Engine;
import dev.funnel.inference.feature.FeatureBlocks;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Schemas of blocks of any width, and numbers to fill them with: for tests of engines, where it does not matter what is read. */
public final class Blocks {
    private Blocks() {}

    /** A block that holds a vector of {@code width} numbers for the person. */
    public static Wide user(String name, int width) {
        return new Wide(name, Source.USER, Reading.HISTORY_VECTOR, width);
    }

    /** A block that holds a vector of {@code width} numbers for each item. */
    public static Wide item(String name, int width) {
        return new Wide(name, Source.ITEM, Reading.VECTOR, width);
    }

    /** A block and the table that makes it as wide as it is. */
    public record Wide(String name, Source source, Reading reading, int width) {
        private Block block() {
            Feature feature = new EmbeddingFeature(name + "_vector", reading, name + "_table");
            return new Block(name, source, List.of(feature));
        }

        private VectorTable table() {
            return new VectorTable(name + "_table", width, VectorTable.Keys.ITEM, "features.safetensors", name);
        }
    }

    /** A schema of these blocks with one head for each output. */
    public static FeatureSchema schema(List<Wide> blocks, String... outputs) {
        return new FeatureSchema(
                10,
                blocks.stream().map(Wide::table).toList(),
                blocks.stream().map(Wide::block).toList(),
                Arrays.stream(outputs)
                        .map(output -> new Head(output, output, "1"))
                        .toList());
    }

    /** Fills the first {@code rows} rows of all blocks. */
    public static FeatureBlocks filled(Engine engine, int rows, long seed) {
        Random random = new Random(seed);
        FeatureBlocks blocks = engine.blocks(rows);
        for (int block = 0; block < blocks.size(); block++) {
            int length = (blocks.oneRow(block) ? 1 : rows) * blocks.width(block);
            for (int i = 0; i < length; i++) {
                blocks.values(block).setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) random.nextGaussian());
            }
        }
        return blocks;
    }

    /** Rows {@code from} to {@code to} of blocks, in new ones. */
    public static FeatureBlocks cut(Engine engine, FeatureBlocks whole, int from, int to) {
        FeatureBlocks part = engine.blocks(to - from);
        for (int block = 0; block < whole.size(); block++) {
            int width = whole.width(block);
            int rows = whole.oneRow(block) ? 1 : to - from;
            long first = whole.oneRow(block) ? 0 : (long) from * width;
            for (int i = 0; i < rows * width; i++) {
                part.values(block)
                        .setAtIndex(
                                ValueLayout.JAVA_FLOAT,
                                i,
                                whole.values(block).getAtIndex(ValueLayout.JAVA_FLOAT, first + i));
            }
        }
        return part;
    }
}
