package dev.funnel.trainer.train;

import dev.funnel.bundle.History;
import dev.funnel.bundle.ItemTest;
import dev.funnel.inference.feature.GeneratorSignals;
import dev.funnel.trainer.rank.GeneratorScores;
import dev.funnel.trainer.train.FittedGenerators.Asked;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What generators say at any time of the log: those answer that were fitted on what was known just before.
 *
 * @param fromMs by step, ascending: from when on the generators of this step answer; the first answers also what was before
 */
record Taught(long[] fromMs, List<FittedGenerators> fitted, AvailableItems available) implements GeneratorScores {

    private static final List<String> NAMES =
            Arrays.stream(Generator.values()).map(Generator::label).toList();

    @Override
    public List<String> generators() {
        return NAMES;
    }

    @Override
    public List<GeneratorSignals> signals(int user, History history, long timeMs, int[] items) {
        Asked asked = at(timeMs).ask(history);
        List<GeneratorSignals> signals = new ArrayList<>();
        for (Generator generator : Generator.values()) {
            signals.add(new GeneratorSignals(generator.label(), asked.scores(generator, items), new boolean[0]));
        }
        return signals;
    }

    @Override
    public int[] pool(int user, History history, long timeMs, int limit) {
        ItemTest filter = available.notIn(history, timeMs);
        return Pool.of(at(timeMs).ask(history), GeneratorLimits.adding(limit), filter)
                .items();
    }

    private FittedGenerators at(long timeMs) {
        int step = fromMs.length - 1;
        while (step > 0 && fromMs[step] > timeMs) {
            step--;
        }
        return fitted.get(step);
    }
}
