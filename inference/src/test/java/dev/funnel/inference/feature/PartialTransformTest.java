package dev.funnel.inference.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleVersion;
import dev.funnel.bundle.schema.Block;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.bundle.schema.Source;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.inference.testing.SmallInputs;
import dev.funnel.inference.testing.SmallRanker;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A transform in parts writes, bit for bit, what it writes as a whole. */
final class PartialTransformTest {
    private static final Predicate<Block> OF_ITEM = block -> block.source() == Source.ITEM;

    @TempDir
    Path folder;

    private Bundle bundle;
    private FeatureTransform whole;

    @BeforeEach
    void load() throws Exception {
        BundleVersion version = SmallRanker.publish(folder);
        bundle = Bundle.open(SmallBundle.directory(folder, version));
        FeatureSchema schema = SmallRanker.schema();
        String features = Objects.requireNonNull(bundle.manifest().ranker()).features();
        whole = new FeatureTransform(schema, StoredFeatures.load(schema, bundle.items(), bundle::tensors, features));
    }

    @AfterEach
    void close() throws Exception {
        bundle.close();
    }

    private static void write(FeatureTransform transform, RankingInput input, FeatureBlocks into) {
        Request request = transform.open(input);
        int candidates = input.candidates().length;
        transform.write(transform.readRequest(request), transform.readCandidates(request, 0, candidates), into, 0);
    }

    private static float[] values(FeatureBlocks blocks, int block) {
        return blocks.values(block).toArray(ValueLayout.JAVA_FLOAT);
    }

    @Test
    void two_parts_write_together_what_the_whole_writes() {
        RankingInput input = SmallInputs.random(11, 50);
        FeatureBlocks expected = FeatureBlocks.rowPerRequest(whole.schema(), input.candidates().length);
        FeatureBlocks parted = FeatureBlocks.rowPerRequest(whole.schema(), input.candidates().length);
        write(whole, input, expected);
        write(whole.only(OF_ITEM), input, parted);
        write(whole.only(OF_ITEM.negate()), input, parted);
        for (int block = 0; block < expected.size(); block++) {
            assertArrayEquals(values(expected, block), values(parted, block), "block " + block);
        }
    }

    @Test
    void candidates_read_one_by_one_are_written_as_those_read_together() {
        RankingInput input = SmallInputs.random(13, 400);
        FeatureBlocks together = FeatureBlocks.rowPerCandidate(whole.schema(), 400);
        FeatureBlocks apart = FeatureBlocks.rowPerCandidate(whole.schema(), 400);
        write(whole, input, together);
        Request request = whole.open(input);
        for (int i = 0; i < 400; i++) {
            whole.write(whole.readRequest(request), whole.readCandidates(request, i, i + 1), apart, i);
        }
        for (int block = 0; block < together.size(); block++) {
            assertArrayEquals(values(together, block), values(apart, block), "block " + block);
        }
    }

    @Test
    void the_blocks_of_items_are_written_without_a_request() {
        FeatureTransform ofItems = whole.only(OF_ITEM);
        int[] items = IntStream.range(0, SmallBundle.ITEMS).toArray();
        boolean[] oneRow = new boolean[whole.schema().blocks().size()];
        FeatureBlocks all = new FeatureBlocks(whole.schema(), items.length, oneRow, OF_ITEM);
        ofItems.writeItems(items, all, 0);
        RankingInput input = SmallInputs.random(12, 50);
        FeatureBlocks expected = FeatureBlocks.rowPerCandidate(whole.schema(), input.candidates().length);
        write(whole, input, expected);
        int block = 2;
        int width = expected.width(block);
        for (int i = 0; i < input.candidates().length; i++) {
            int item = input.candidates()[i];
            for (int c = 0; item >= 0 && c < width; c++) {
                assertEquals(values(expected, block)[i * width + c], values(all, block)[item * width + c]);
            }
        }
        assertEquals(0, all.values(0).byteSize(), "blocks left out have no rows");
    }
}
