package dev.funnel.trainer.simulate;

/**
 * What the demo world's viewers respond to, and how strongly: the coefficients of its two laws.
 *
 * <pre>
 * P(click) = examined(position) * sigmoid(clickBase + clickTaste * affinity + clickQuality * quality
 *            + clickBait * bait * proneness - language - foreign + clickFresh * novelty * exp(-age / freshDays)
 *            - clickLength * ((ln duration - preferred) / .9)^2)
 * examined(position) = 1 / (1 + positionDecay * position)
 *
 * attention = exp(ln watchSeconds + watchTaste * affinity + watchQuality * quality - watchBait * bait + patience
 *             - watchLanguage * language gap + watchLength * (ln duration - ln 300))
 * watched   = min(duration, exponential of mean attention), so E[watched | click] = attention * (1 - exp(-duration / attention))
 * </pre>
 *
 * Affinity is the cosine of the viewer's taste, which drifts, and the video's place in topic space.
 *
 * @param clickBase log-odds of a click on an average video at the first position, before all else
 * @param languageGap log-odds lost on a video in a language the viewer does not speak; a third of it in a second one
 * @param foreign log-odds lost on a video of another country
 * @param freshDays days in which the pull of a new upload falls to 1/e
 * @param watchSeconds attention to an average video, in seconds
 */
public record WorldParameters(
        double positionDecay,
        double clickBase,
        double clickTaste,
        double clickQuality,
        double clickBait,
        double languageGap,
        double foreign,
        double clickFresh,
        double freshDays,
        double clickLength,
        double watchSeconds,
        double watchTaste,
        double watchQuality,
        double watchBait,
        double watchLanguage,
        double watchLength) {

    public static final WorldParameters DEFAULT =
            new WorldParameters(.12, -2.1, 3.2, .5, 1.6, 1.3, .2, .9, 3, .35, 150, 1.2, .35, 2, .4, .3);
}
