package dev.funnel.trainer.tower;

import dev.funnel.bundle.History;
import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.inference.feature.CandidateReadings;
import dev.funnel.inference.feature.CandidateRows;
import dev.funnel.inference.feature.FeatureBlocks;
import dev.funnel.inference.feature.FeatureTransform;
import dev.funnel.inference.feature.Lookup;
import dev.funnel.inference.feature.Numbers;
import dev.funnel.inference.feature.RankingInput;
import dev.funnel.inference.feature.RequestReadings;
import dev.funnel.inference.feature.Vocabulary;
import dev.funnel.trainer.learn.DenseStack;
import dev.funnel.trainer.learn.EmbeddingTable;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * A tower being learnt: features as the service reads them, dense layers, a vector a row. Its embedding rows live in the tables
 * that the transform reads, so what it reads is always what was last learnt.
 */
final class TowerNetwork {
    /** Vectors shorter than this are divided by this. */
    static final float SHORTEST = 1e-6f;

    private static final CandidateReadings NOBODY =
            new CandidateReadings(new int[] {-1}, 1, new Numbers[0], new CandidateRows[0]);

    private final FeatureTransform transform;
    private final Map<String, EmbeddingTable> tables;
    private final TowerShape shape;
    private final DenseStack stack;
    private final int[] blockColumns;

    /** @param tables those of the schema's tables that are learnt, by name */
    TowerNetwork(FeatureTransform transform, Map<String, EmbeddingTable> tables, TowerShape shape, long seed) {
        this.transform = transform;
        this.tables = tables;
        this.shape = shape;
        FeatureSchema schema = transform.schema();
        this.blockColumns = new int[schema.blocks().size()];
        int width = 0;
        for (int block = 0; block < blockColumns.length; block++) {
            blockColumns[block] = width;
            width += schema.width(schema.blocks().get(block));
        }
        this.stack = new DenseStack(width, shape.widths(), shape.rectified(), seed);
    }

    FeatureTransform transform() {
        return transform;
    }

    TowerShape shape() {
        return shape;
    }

    DenseStack stack() {
        return stack;
    }

    Map<String, EmbeddingTable> tables() {
        return tables;
    }

    /** The rows of a batch, or of a part of one. For one thread at a time. */
    final class Pass {
        private final FeatureBlocks blocks;
        private final DenseStack.Pass dense;
        private final RequestReadings[] people;
        private final float[] vectors;
        private final float[] lengths;
        private int[] items = new int[0];
        private BitSet masked = new BitSet();
        private int rows;

        Pass(int mostRows) {
            this.blocks = FeatureBlocks.rowPerCandidate(transform.schema(), mostRows);
            this.dense = stack.new Pass(mostRows);
            this.people = new RequestReadings[mostRows];
            this.vectors = shape.normalised() ? new float[mostRows * shape.dimensions()] : dense.output();
            this.lengths = new float[mostRows];
        }

        /** Reads a person into a row. */
        void person(int row, RankingInput input) {
            people[row] = transform.readRequest(transform.open(input));
            transform.write(people[row], NOBODY, blocks, row);
        }

        /** Reads items into the rows from the first on, without the own embeddings of those masked. */
        void items(int[] which, BitSet maskedRows) {
            items = which;
            masked = maskedRows;
            var request = transform.open(
                    new RankingInput(0, Map.of(), Map.of(), History.EMPTY, null, which, List.of(), new int[0]));
            transform.write(
                    transform.readRequest(request), transform.readCandidates(request, 0, which.length), blocks, 0);
        }

        /** The vectors of the first rows, [rows, dimensions]. */
        float[] forward(int rowCount) {
            rows = rowCount;
            for (int block = 0; block < blockColumns.length; block++) {
                join(block);
            }
            for (Lookup lookup : transform.lookups()) {
                if (lookup instanceof Lookup.OfItem ofItem && isOwn(ofItem)) {
                    mask(ofItem);
                }
            }
            dense.forward(rows);
            if (shape.normalised()) {
                normalise();
            }
            return vectors;
        }

        private void join(int block) {
            MemorySegment values = blocks.values(block);
            int width = blocks.width(block);
            for (int row = 0; row < rows; row++) {
                MemorySegment.copy(
                        values,
                        ValueLayout.JAVA_FLOAT,
                        (long) row * width * Float.BYTES,
                        dense.input(),
                        row * stack.inputs() + blockColumns[block],
                        width);
            }
        }

        private void mask(Lookup lookup) {
            int column = column(lookup);
            for (int row = masked.nextSetBit(0); row >= 0 && row < rows; row = masked.nextSetBit(row + 1)) {
                int from = row * stack.inputs() + column;
                java.util.Arrays.fill(dense.input(), from, from + lookup.table().width(), 0);
            }
        }

        private void normalise() {
            int width = shape.dimensions();
            float[] raw = dense.output();
            for (int row = 0; row < rows; row++) {
                float squares = 0;
                for (int c = row * width; c < (row + 1) * width; c++) {
                    squares += raw[c] * raw[c];
                }
                lengths[row] = Math.max(SHORTEST, (float) Math.sqrt(squares));
                for (int c = row * width; c < (row + 1) * width; c++) {
                    vectors[c] = raw[c] / lengths[row];
                }
            }
        }

        /** Sends the gradient of the vectors, [rows, dimensions], back to the weights and the inputs. */
        void backward(float[] gradient) {
            float[] into = dense.outputGradient();
            if (shape.normalised()) {
                ofRaw(gradient, into);
            } else {
                System.arraycopy(gradient, 0, into, 0, rows * shape.dimensions());
            }
            dense.backward();
        }

        /** v = o / |o| moves only across o: do = (dv - v (v . dv)) / |o|. */
        private void ofRaw(float[] gradient, float[] into) {
            int width = shape.dimensions();
            for (int row = 0; row < rows; row++) {
                float along = 0;
                for (int c = row * width; c < (row + 1) * width; c++) {
                    along += vectors[c] * gradient[c];
                }
                for (int c = row * width; c < (row + 1) * width; c++) {
                    into[c] = (gradient[c] - along * vectors[c]) / lengths[row];
                }
            }
        }

        DenseStack.Gradients sums() {
            return dense.sums();
        }

        /** Collects the gradients of a table's rows. */
        void collect(String table, EmbeddingTable into) {
            for (Lookup lookup : transform.lookups()) {
                if (lookup.table().name().equals(table)) {
                    switch (lookup) {
                        case Lookup.OfRequest ofRequest -> collectPeople(ofRequest, into);
                        case Lookup.OfItem ofItem -> collectItems(ofItem, into);
                        case Lookup.OfCandidate cross ->
                            throw new IllegalStateException("a tower reads one side: it has no " + cross.feature());
                    }
                }
            }
        }

        private void collectPeople(Lookup.OfRequest lookup, EmbeddingTable into) {
            for (int row = 0; row < rows; row++) {
                int[] read = people[row].rows()[lookup.slot()];
                for (int of : read) {
                    into.collect(of, dense.inputGradient(), at(row, lookup), 1f / read.length);
                }
            }
        }

        private void collectItems(Lookup.OfItem lookup, EmbeddingTable into) {
            boolean own = isOwn(lookup);
            for (int row = 0; row < rows; row++) {
                if (!(own && masked.get(row))) {
                    collectItem(lookup, items[row], row, into);
                }
            }
        }

        private void collectItem(Lookup.OfItem lookup, int item, int row, EmbeddingTable into) {
            int known = 0;
            for (int i = 0; i < lookup.count(item); i++) {
                known += lookup.row(item, i) == Vocabulary.UNKNOWN ? 0 : 1;
            }
            for (int i = 0; i < lookup.count(item); i++) {
                int of = lookup.row(item, i);
                if (of != Vocabulary.UNKNOWN) {
                    into.collect(of, dense.inputGradient(), at(row, lookup), 1f / known);
                }
            }
        }

        private int at(int row, Lookup lookup) {
            return row * stack.inputs() + column(lookup);
        }

        private int column(Lookup lookup) {
            return blockColumns[lookup.block()] + lookup.column();
        }

        private static boolean isOwn(Lookup.OfItem lookup) {
            return lookup.feature().equals(TowerFeatures.ITEM_ID);
        }
    }
}
