package dev.funnel.trainer.generate;

import dev.funnel.retrieval.FoldInSettings;

/** The keys of a line that say how users who were not fitted are folded in, where the fit itself does not. */
final class FoldInLine {

    private FoldInLine() {}

    /** What the line says, or the usual. */
    static FoldInSettings of(GeneratorLine line, FoldInSettings usual) {
        return new FoldInSettings(
                line.number("fold_in_unobserved_weight", usual.unobservedWeight(), 0, 1e6),
                line.number("fold_in_regularization", usual.regularization(), 1e-9, 1e9),
                usual.regularizationExponent());
    }
}
