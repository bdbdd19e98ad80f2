package dev.funnel.gateway.stage;

import dev.funnel.runtime.wire.Degradation;
import dev.funnel.runtime.wire.DegradationKind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * When the calls under way have brought enough, and how long the rest is waited for then.
 *
 * @param required generators that must have answered
 * @param count how many must have answered in all
 * @param grace how long the others are waited for once it is enough
 */
public record Enough(Set<String> required, int count, Duration grace) {
    private static final Set<DegradationKind> LOST = EnumSet.of(
            DegradationKind.LATE, DegradationKind.FAILED, DegradationKind.SHED, DegradationKind.GENERATOR_MISSING);

    /** Nothing is enough but everything. */
    public static final Enough ALL = new Enough(Set.of(), Integer.MAX_VALUE, Duration.ZERO);

    /** Whether these generators are. */
    boolean reached(Set<String> answered) {
        return answered.size() >= count && answered.containsAll(required);
    }

    /** Of the generators asked in one call, those that answered. */
    static Set<String> answered(List<GeneratorRequest> asked, StageOutcome<Retrieved> outcome) {
        Set<String> names = new HashSet<>();
        outcome.answer().ifPresent(given -> {
            asked.forEach(generator -> names.add(generator.name()));
            given.degradations().stream()
                    .filter(loss -> LOST.contains(loss.kind()))
                    .map(Degradation::component)
                    .forEach(names::remove);
        });
        return names;
    }
}
