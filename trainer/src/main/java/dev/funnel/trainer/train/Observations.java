package dev.funnel.trainer.train;

import dev.funnel.bundle.Calibration;
import dev.funnel.retrieval.Hits;
import dev.funnel.trainer.fit.Calibrations;
import dev.funnel.trainer.fit.Reliability;
import dev.funnel.trainer.train.FittedGenerators.Member;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * What one generator nominated to users of the hold-out, and what came of it.
 *
 * @param scores one per nomination
 * @param watched whether the user then watched that
 */
record Observations(float[] scores, boolean[] watched) {

    static Observations of(List<HeldOutUser> users, Member generator) {
        return of(users, generator, user -> user.of(generator.name()));
    }

    private static Observations of(List<HeldOutUser> users, Member generator, Function<HeldOutUser, Hits> nominated) {
        int size = users.stream().mapToInt(user -> nominated.apply(user).size()).sum();
        Observations all = new Observations(new float[size], new boolean[size]);
        int at = 0;
        for (HeldOutUser user : users) {
            Hits hits = nominated.apply(user);
            System.arraycopy(hits.scores(), 0, all.scores, at, hits.size());
            System.arraycopy(user.relevant(hits.items(), user.wanted(generator)), 0, all.watched, at, hits.size());
            at += hits.size();
        }
        return all;
    }

    /**
     * The same of what it nominated from the users' last watches as seeds; empty if nobody was so answered. What is looked for is all
     * that the user watched in the hold-out, so that both calibrations are of one event.
     */
    static Optional<Observations> ofSeeds(List<HeldOutUser> users, Member generator) {
        List<HeldOutUser> asked = users.stream()
                .filter(user -> user.related().containsKey(generator.name()))
                .toList();
        return asked.isEmpty()
                ? Optional.empty()
                : Optional.of(of(asked, generator, user -> user.related().getOrDefault(generator.name(), Hits.NONE)));
    }

    Calibration calibration() {
        return Calibrations.fit(scores, watched);
    }

    /** How a calibration fitted on every other user does on the rest. */
    static Reliability reliability(List<HeldOutUser> users, Member generator) {
        Observations checked = of(half(users, 1), generator);
        return Reliability.of(of(half(users, 0), generator).calibration(), checked.scores, checked.watched);
    }

    private static List<HeldOutUser> half(List<HeldOutUser> users, int which) {
        return IntStream.range(0, users.size())
                .filter(i -> i % 2 == which)
                .mapToObj(users::get)
                .toList();
    }
}
