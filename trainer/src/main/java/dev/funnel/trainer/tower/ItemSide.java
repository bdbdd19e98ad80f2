package dev.funnel.trainer.tower;

import dev.funnel.trainer.fit.RowPool;
import dev.funnel.trainer.learn.DenseStack;
import dev.funnel.trainer.learn.EmbeddingTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;

/** Where vectors of items come from, being learnt. */
sealed interface ItemSide {
    /** Writes the vectors of these items, [items, dimensions]. */
    void forward(int[] items, float[] into, RowPool pool, SplittableRandom random);

    /** Sends the gradient of the vectors of the last {@link #forward} back. */
    void backward(float[] gradient, RowPool pool);

    /** Moves what was sent back to, as embeddings that only the item side has. */
    List<TableStep> tableSteps();

    /** Moves the dense weights. */
    void step(float rate, float decay);

    /** A table and who collects its gradients. */
    record TableStep(EmbeddingTable table, Runnable collecting) {}

    /** A row of its own for every item. */
    final class Rows implements ItemSide {
        private final EmbeddingTable table;
        private int[] items = new int[0];
        private float[] gradient = new float[0];

        Rows(EmbeddingTable table) {
            this.table = table;
        }

        @Override
        public void forward(int[] which, float[] into, RowPool pool, SplittableRandom random) {
            items = which;
            for (int i = 0; i < which.length; i++) {
                table.read(which[i], into, i * table.width());
            }
        }

        @Override
        public void backward(float[] ofVectors, RowPool pool) {
            gradient = ofVectors;
        }

        @Override
        public List<TableStep> tableSteps() {
            return List.of(new TableStep(table, () -> {
                for (int i = 0; i < items.length; i++) {
                    table.collect(items[i], gradient, i * table.width(), 1);
                }
            }));
        }

        @Override
        public void step(float rate, float decay) {}
    }

    /** A tower. */
    final class Network implements ItemSide {
        private static final int SHARD = 256;

        private final TowerNetwork network;
        private final double maskedShare;
        private final List<TowerNetwork.Pass> passes = new ArrayList<>();
        private final DenseStack.Gradients sums;
        private int shards;

        Network(TowerNetwork network, double maskedShare) {
            this.network = network;
            this.maskedShare = maskedShare;
            this.sums = network.stack().new Gradients();
        }

        @Override
        public void forward(int[] items, float[] into, RowPool pool, SplittableRandom random) {
            shards = (items.length + SHARD - 1) / SHARD;
            BitSet masked = new BitSet();
            for (int i = 0; i < items.length; i++) {
                masked.set(i, random.nextDouble() < maskedShare);
            }
            while (passes.size() < shards) {
                passes.add(network.new Pass(SHARD));
            }
            int dimensions = network.shape().dimensions();
            Parallel.forEach(pool, shards, shard -> {
                int from = shard * SHARD;
                int to = Math.min(items.length, from + SHARD);
                TowerNetwork.Pass pass = passes.get(shard);
                pass.items(Arrays.copyOfRange(items, from, to), masked.get(from, to));
                float[] vectors = pass.forward(to - from);
                System.arraycopy(vectors, 0, into, from * dimensions, (to - from) * dimensions);
            });
        }

        @Override
        public void backward(float[] gradient, RowPool pool) {
            int size = SHARD * network.shape().dimensions();
            Parallel.forEach(
                    pool,
                    shards,
                    shard ->
                            passes.get(shard).backward(Arrays.copyOfRange(gradient, shard * size, (shard + 1) * size)));
            sums.clear();
            for (int shard = 0; shard < shards; shard++) {
                sums.add(passes.get(shard).sums());
            }
        }

        @Override
        public List<TableStep> tableSteps() {
            List<TableStep> steps = new ArrayList<>();
            network.tables()
                    .forEach((name, table) -> steps.add(new TableStep(table, () -> {
                        for (int shard = 0; shard < shards; shard++) {
                            passes.get(shard).collect(name, table);
                        }
                    })));
            return steps;
        }

        @Override
        public void step(float rate, float decay) {
            network.stack().step(sums, rate, decay);
        }
    }
}
