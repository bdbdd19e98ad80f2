package dev.funnel.trainer.rank;

import dev.funnel.bundle.History;
import dev.funnel.trainer.generate.Asker;
import dev.funnel.trainer.prepare.Profiles;
import dev.funnel.trainer.read.InteractionLog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes pages where nobody logged any: those of a user's held-out positives that the generators would have nominated, and
 * negatives drawn uniformly from that pool and from the catalogue. Positives of one user and time stand on one page.
 *
 * <p>Within the pool all items are equally likely to be drawn, so the odds that are learnt order it as the chance of a watch
 * does.
 */
final class SampledPages {
    private static final int DRAWS = 20;

    private final InteractionLog positives;
    private final RankerTrainingInput input;
    private final RankerSettings settings;
    private final Profiles profiles;

    /** Items by user that must not be drawn as negatives: a positive of one page is no negative on another. */
    private final Map<Integer, Set<Integer>> liked = new HashMap<>();

    SampledPages(InteractionLog positives, RankerTrainingInput input, RankerSettings settings) {
        this.positives = positives;
        this.input = input;
        this.settings = settings;
        this.profiles = new Profiles(input.users());
        for (int i = 0; i < positives.size(); i++) {
            liked.computeIfAbsent(positives.users()[i], user -> new HashSet<>())
                    .add(positives.items()[i]);
        }
    }

    /** Examples in groups that are made into pages one by one, by time and user. */
    List<int[]> groups() {
        int[] order = IntStream.range(0, positives.size())
                .boxed()
                .sorted((a, b) -> {
                    int byTime = Long.compare(positives.timesMs()[a], positives.timesMs()[b]);
                    return byTime != 0
                            ? byTime
                            : Integer.compare(positives.users()[a], positives.users()[b]);
                })
                .mapToInt(Integer::intValue)
                .toArray();
        List<int[]> groups = new ArrayList<>();
        int longest =
                Math.max(1, ImpressionPages.LONGEST / (1 + settings.negatives().perPositive()));
        int from = 0;
        for (int i = 1; i <= order.length; i++) {
            if (i == order.length || i - from == longest || !together(order[from], order[i])) {
                groups.add(Arrays.copyOfRange(order, from, i));
                from = i;
            }
        }
        return latest(groups);
    }

    private boolean together(int a, int b) {
        return positives.users()[a] == positives.users()[b]
                && positives.timesMs()[a] == positives.timesMs()[b];
    }

    /** As many of the groups as make the most examples: the latest, or without times a seeded choice of users. */
    private List<int[]> latest(List<int[]> groups) {
        if (!positives.timed()) {
            Collections.shuffle(groups, new Random(settings.seed()));
        }
        int examples = 0;
        int first = groups.size();
        while (first > 0 && examples < settings.mostExamples()) {
            examples += groups.get(--first).length * (1 + settings.negatives().perPositive());
        }
        return groups.subList(first, groups.size());
    }

    /**
     * The page of a group, or null if none of its positives would have been nominated: a ranker is only ever asked about what
     * was, and a positive from outside would teach it that low generator scores are good. {@code number} seeds the draws.
     */
    @Nullable
    Page page(int[] group, int number) {
        int user = positives.users()[group[0]];
        long timeMs = positives.timesMs()[group[0]];
        History history = input.histories().before(user, timeMs, PageReader.LONGEST_HISTORY);
        Asker asker = Asker.atHome(history, profiles.of(user), timeMs);
        int[] pool = input.generators().pool(asker, settings.negatives().poolSize());
        int[] nominated = nominated(group, pool);
        if (nominated.length == 0) {
            return null;
        }
        int[] negatives = negatives(pool, known(user, history), nominated.length, number);
        int size = nominated.length + negatives.length;
        int[] items = new int[size];
        float[] weights = new float[size];
        boolean[] positive = new boolean[size];
        for (int i = 0; i < nominated.length; i++) {
            items[i] = positives.items()[nominated[i]];
            weights[i] = weight(nominated[i]);
            positive[i] = true;
        }
        System.arraycopy(negatives, 0, items, nominated.length, negatives.length);
        return new Page(
                user, timeMs, Map.of(), items, new int[0], weights, positive, new boolean[0], null, new String[0][]);
    }

    private int[] nominated(int[] group, int[] pool) {
        Set<Integer> nominees = new HashSet<>();
        Arrays.stream(pool).forEach(nominees::add);
        return Arrays.stream(group)
                .filter(i -> nominees.contains(positives.items()[i]))
                .toArray();
    }

    private Set<Integer> known(int user, History history) {
        Set<Integer> known = new HashSet<>(liked.getOrDefault(user, Set.of()));
        Arrays.stream(history.items()).forEach(known::add);
        return known;
    }

    private float weight(int interaction) {
        float seconds = positives.watchSeconds()[interaction];
        return Float.isNaN(seconds) ? positives.weights()[interaction] : seconds;
    }

    private int[] negatives(int[] pool, Set<Integer> known, int positives, int number) {
        SplittableRandom random = new SplittableRandom(settings.seed() * 1_000_003 + number);
        int[] drawn = new int[positives * settings.negatives().perPositive()];
        int size = 0;
        for (int i = 0; i < drawn.length; i++) {
            boolean fromPool = random.nextDouble() < settings.negatives().poolShare();
            int item = draw(random, fromPool ? pool : null, known);
            if (item >= 0) {
                drawn[size++] = item;
            }
        }
        return Arrays.copyOf(drawn, size);
    }

    private int draw(SplittableRandom random, int @Nullable [] pool, Set<Integer> known) {
        for (int attempt = 0; attempt < DRAWS; attempt++) {
            int item = pool == null ? random.nextInt(input.items().size()) : pool[random.nextInt(pool.length)];
            if (!known.contains(item)) {
                return item;
            }
        }
        return -1;
    }
}
