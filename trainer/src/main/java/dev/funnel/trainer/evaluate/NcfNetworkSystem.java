package dev.funnel.trainer.evaluate;

import dev.funnel.inference.engine.Engine;
import dev.funnel.inference.engine.EngineRefusedException;
import dev.funnel.inference.engine.OnnxRuntimeEngine;
import dev.funnel.inference.feature.FeatureBlocks;
import dev.funnel.trainer.learn.RowTable;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A network of He et al. (2017), <i>Neural Collaborative Filtering</i>; scored by its exported model in the engine that serves. */
final class NcfNetworkSystem implements OfflineSystem {

    private final String name;
    private final Training training;

    /** How a system gets its network. */
    @FunctionalInterface
    interface Training {
        /** Trains; notes the settings before. */
        NcfNetwork train(FitTask task);
    }

    NcfNetworkSystem(String name, Training training) {
        this.name = name;
        this.training = training;
    }

    /** A network trained from random weights. */
    static NcfNetwork fromScratch(FitTask task, NcfNetworkPlan plan) {
        task.noteSettings(plan);
        NcfNetwork network = new NcfNetwork(task.train(), plan, task.seed(), task.threads());
        network.train(task.progress());
        return network;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Scorer fit(FitTask task) {
        try (NcfNetwork trained = training.train(task)) {
            task.notes().put("seconds_per_epoch", String.format(Locale.ROOT, "%.2f", trained.secondsPerEpoch()));
            return new Served(
                    OnnxRuntimeEngine.load(trained.model(), trained.schema()),
                    trained.tables()[NcfNetwork.USER],
                    items(trained.tables()[NcfNetwork.ITEM], task.train().columns()));
        } catch (EngineRefusedException e) {
            throw new IllegalStateException("a network just written cannot be loaded", e);
        }
    }

    private static float[] items(RowTable table, int count) {
        float[] rows = new float[count * table.width()];
        for (int item = 0; item < count; item++) {
            table.read(item, rows, item * table.width());
        }
        return rows;
    }

    /** One call of the engine per user, for all items: the user's row once, the items' rows as they always are. */
    private static final class Served implements Scorer {
        private final Engine engine;
        private final RowTable users;
        private final float[] items;
        private final ConcurrentLinkedQueue<FeatureBlocks> idle = new ConcurrentLinkedQueue<>();

        Served(Engine engine, RowTable users, float[] items) {
            this.engine = engine;
            this.users = users;
            this.items = items;
        }

        @Override
        public void scores(int user, float[] into) {
            FeatureBlocks waiting = idle.poll();
            FeatureBlocks blocks = waiting == null ? blocks(into.length) : waiting;
            float[] row = new float[users.width()];
            users.read(user, row, 0);
            write(row, blocks.values(NcfNetwork.USER));
            engine.run(blocks, into.length, new float[][] {into}, 0);
            idle.add(blocks);
        }

        private FeatureBlocks blocks(int count) {
            FeatureBlocks blocks = engine.blocks(count);
            write(items, blocks.values(NcfNetwork.ITEM));
            return blocks;
        }

        private static void write(float[] values, MemorySegment into) {
            MemorySegment.copy(values, 0, into, ValueLayout.JAVA_FLOAT, 0, values.length);
        }

        @Override
        public void close() {
            engine.close();
        }
    }
}
