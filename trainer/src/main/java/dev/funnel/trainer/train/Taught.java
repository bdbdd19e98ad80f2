package dev.funnel.trainer.train;

import dev.funnel.inference.feature.GeneratorSignals;
import dev.funnel.trainer.generate.Asker;
import dev.funnel.trainer.rank.GeneratorScores;
import java.util.ArrayList;
import java.util.List;

/**
 * What generators say at any time of the log: those answer that were fitted on what was known just before.
 *
 * @param fromMs by step, ascending: from when on the generators of this step answer; the first answers also what was before
 */
record Taught(long[] fromMs, List<FittedGenerators> fitted, AvailableItems available) implements GeneratorScores {

    @Override
    public List<String> generators() {
        return fitted.getFirst().names();
    }

    @Override
    public List<GeneratorSignals> signals(Asker asker, int[] items) {
        List<GeneratorSignals> signals = new ArrayList<>();
        at(asker.timeMs())
                .ask(asker)
                .forEach((name, asked) -> signals.add(new GeneratorSignals(name, asked.scores(items), new boolean[0])));
        return signals;
    }

    @Override
    public int[] pool(Asker asker, int limit) {
        FittedGenerators then = at(asker.timeMs());
        return Pool.of(then, Pool.adding(then.plans(), limit), asker, available).items();
    }

    private FittedGenerators at(long timeMs) {
        int step = fromMs.length - 1;
        while (step > 0 && fromMs[step] > timeMs) {
            step--;
        }
        return fitted.get(step);
    }
}
