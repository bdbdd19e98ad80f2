package dev.funnel.reranker.rerank;

import dev.funnel.reranker.rerank.Reranked.Effect;
import dev.funnel.reranker.rerank.Reranked.Removal;
import dev.funnel.reranker.rule.RerankInput;
import dev.funnel.reranker.rule.RuleScreen;
import dev.funnel.reranker.rule.ScoreTransform;
import java.util.ArrayList;
import java.util.List;

/** Says in words what was done to single items, after it was done: only where the request wants it. */
final class Explainer {
    private final RerankInput input;
    private final List<ScoreTransform> transforms;
    private final Screening screening;
    private final Rescoring rescoring;
    private final Slate slate;

    Explainer(
            RerankInput input, List<ScoreTransform> transforms, Screening screening, Rescoring rescoring, Slate slate) {
        this.input = input;
        this.transforms = transforms;
        this.screening = screening;
        this.rescoring = rescoring;
        this.slate = slate;
    }

    /** Every removal, in the order of the candidates. */
    List<Removal> removals() {
        List<Removal> removals = new ArrayList<>();
        for (int position = 0; position < input.pool().size(); position++) {
            RuleScreen remover = screening.remover(position);
            if (remover != null) {
                removals.add(
                        new Removal(position, remover.rule(), remover.screen().reason(position)));
            }
        }
        return removals;
    }

    /** What rules did to the item at a place: a filter that gave way for it, score changes, a slate rule that moved it. */
    List<Effect> effects(int place) {
        int rank = slate.rank(place);
        int position = slate.shortlist().position(rank);
        List<Effect> effects = new ArrayList<>();
        RuleScreen returner = screening.returner(position);
        if (returner != null) {
            effects.add(new Effect(
                    returner.rule(), 0, "gave way: " + returner.screen().reason(position)));
        }
        addScoreChanges(position, effects);
        if (place != rank) {
            effects.add(move(place, rank));
        }
        return effects;
    }

    private void addScoreChanges(int position, List<Effect> effects) {
        for (int i = 0; i < transforms.size(); i++) {
            float before = rescoring.steps().get(i)[position];
            float after = rescoring.steps().get(i + 1)[position];
            if (after != before) {
                ScoreTransform transform = transforms.get(i);
                effects.add(
                        new Effect(transform.name(), after - before, transform.reason(input, position, before, after)));
            }
        }
    }

    /** An item stands elsewhere than its score says: pushed down by a rule, or moved up where a rule held others back. */
    private Effect move(int place, int rank) {
        RuleVerdict cause = place > rank ? slate.cause(rank) : slate.occasion(place, rank);
        return new Effect(cause.rule(), 0, "place " + (rank + 1) + " by score; " + cause.reason());
    }
}
