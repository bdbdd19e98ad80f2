package dev.funnel.trainer.rank;

import dev.funnel.inference.feature.GeneratorSignals;
import dev.funnel.trainer.read.Codes;
import dev.funnel.trainer.read.ImpressionLog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which generators nominated what was shown, as the log of impressions tells. Safe for several threads. */
public final class ImpressionSources {
    private static final String[] NOBODY = {};

    private final Codes sources;
    private final String[][] names;

    /** @param sources names of an impression's generators, {@link ImpressionLog#SEPARATOR} between them */
    public ImpressionSources(Codes sources) {
        this.sources = sources;
        this.names = Arrays.stream(sources.values())
                .map(joined -> joined.split(String.valueOf(ImpressionLog.SEPARATOR)))
                .toArray(String[][]::new);
    }

    /** The names of the generators of each of some impressions; empty if the log has none at all. */
    public String[][] of(int[] impressions) {
        if (names.length == 0) {
            return new String[0][];
        }
        return Arrays.stream(impressions)
                .map(impression -> sources.codes()[impression])
                .mapToObj(code -> code < 0 ? NOBODY : names[code])
                .toArray(String[][]::new);
    }

    /**
     * What generators say of a page, with who nominated what. One that says nothing of its own but nominated is there too, as it is among a
     * request's nominations; a source that is no generator is not.
     *
     * @param generators names of all there are
     * @param sources per candidate the names of its generators; empty: not known
     */
    public static List<GeneratorSignals> nominated(
            List<GeneratorSignals> said, List<String> generators, String[][] sources) {
        if (sources.length == 0) {
            return said;
        }
        List<GeneratorSignals> signals = new ArrayList<>();
        Set<String> silent = new TreeSet<>(generators);
        silent.retainAll(Arrays.stream(sources).flatMap(Arrays::stream).collect(Collectors.toSet()));
        for (GeneratorSignals one : said) {
            signals.add(new GeneratorSignals(one.generator(), one.scores(), nominated(one.generator(), sources)));
            silent.remove(one.generator());
        }
        silent.forEach(name -> signals.add(new GeneratorSignals(name, new float[0], nominated(name, sources))));
        return signals;
    }

    private static boolean[] nominated(String generator, String[][] sources) {
        boolean[] nominated = new boolean[sources.length];
        for (int i = 0; i < nominated.length; i++) {
            nominated[i] = Arrays.asList(sources[i]).contains(generator);
        }
        return nominated;
    }
}
