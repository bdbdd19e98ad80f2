package dev.funnel.trainer.evaluate;

import dev.funnel.trainer.Progress;
import dev.funnel.trainer.fit.SparseRows;
import dev.funnel.trainer.read.InputTable;
import java.util.LinkedHashMap;
import java.util.Map;

/** A leave-one-out split, measured on sampled negatives and on the full ranking, see {@link NcfEvaluation}. */
public record NcfSplit(NcfData data, InputTable users, InputTable items) implements Split {

    /** A split without side features. */
    public static NcfSplit of(NcfData data) {
        return new NcfSplit(data, FitTask.numbered(data.users()), FitTask.numbered(data.items()));
    }

    @Override
    public SparseRows train() {
        return data.train();
    }

    @Override
    public Protocol protocol() {
        return Protocol.NCF;
    }

    @Override
    public Map<String, Double> measure(Scorer scorer, int threads, Progress progress) {
        return NcfEvaluation.evaluate(scorer, data, threads, progress);
    }

    @Override
    public Map<String, String> notes() {
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put("users", Integer.toString(data.users()));
        notes.put("items", Integer.toString(data.items()));
        notes.put("train_interactions", Integer.toString(data.train().entries()));
        return notes;
    }
}
