package dev.funnel.trainer.fit;

import dev.funnel.bundle.FloatMatrix;

/** How well factors recover what {@link Interactions} planted: how often an item of the user's group outscores another. */
final class Planted {

    private Planted() {}

    /** The share of (user, item of the group, item of another) in which the first item scores higher; .5 is chance. */
    static double share(Factors factors) {
        long above = 0;
        long all = 0;
        for (int user = 0; user < factors.users().rows(); user++) {
            for (int item = 0; item + Interactions.GROUPS <= factors.items().rows(); item += Interactions.GROUPS) {
                double own = score(factors, user, item + user % Interactions.GROUPS);
                for (int other = 1; other < Interactions.GROUPS; other++) {
                    above += own > score(factors, user, item + (user + other) % Interactions.GROUPS) ? 1 : 0;
                    all++;
                }
            }
        }
        return above / (double) all;
    }

    static double score(Factors factors, int user, int item) {
        FloatMatrix users = factors.users();
        double sum = 0;
        for (int c = 0; c < users.columns(); c++) {
            sum += (double) users.get(user, c) * factors.items().get(item, c);
        }
        return sum;
    }
}
