package dev.funnel.trainer.train;

import dev.funnel.trainer.evaluate.NcfData;
import dev.funnel.trainer.fit.SparseRows;
import dev.funnel.trainer.read.InputTable;
import dev.funnel.trainer.read.InteractionKinds;
import dev.funnel.trainer.read.InteractionLog;
import dev.funnel.trainer.read.ReadReport;
import dev.funnel.trainer.read.TrainingLog;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An NCF train split as the trainer's input: users and items are named by their numbers, each rating is a watch of weight 1,
 * there are no times, no columns and no impressions.
 */
public final class NcfTraining {

    private NcfTraining() {}

    /** The id under which a user or an item of the split is served. */
    public static String id(int number) {
        return String.valueOf(number);
    }

    /** The split's training part. */
    public static TrainingLog log(NcfData data) {
        return new TrainingLog(
                table(data.items()), table(data.users()), interactions(data.train()), null, new ReadReport(List.of()));
    }

    private static InputTable table(int size) {
        return new InputTable(
                IntStream.range(0, size).mapToObj(NcfTraining::id).toArray(String[]::new), new LinkedHashMap<>());
    }

    private static InteractionLog interactions(SparseRows train) {
        int size = train.entries();
        int[] users = new int[size];
        int[] items = new int[size];
        float[] weights = new float[size];
        for (int user = 0; user < train.rows(); user++) {
            for (int entry = train.start(user); entry < train.end(user); entry++) {
                users[entry] = user;
                items[entry] = train.column(entry);
                weights[entry] = train.value(entry);
            }
        }
        byte[] kinds = new byte[size];
        Arrays.fill(kinds, InteractionKinds.WATCH);
        float[] watchSeconds = new float[size];
        Arrays.fill(watchSeconds, Float.NaN);
        return new InteractionLog(users, items, new long[size], kinds, watchSeconds, weights);
    }
}
