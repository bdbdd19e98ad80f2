package dev.funnel.gateway.answer;

import dev.funnel.runtime.wire.ItemTrace;
import dev.funnel.runtime.wire.Stage;
import java.util.List;

/**
 * What became of one item that a caller asked about.
 *
 * @param place in the slate, from 1; 0 if it is not in it
 * @param stage which decided: the one that dropped or outranked it, or the last one if it is in the slate
 * @param component the generator or rule that decided; empty: none
 * @param summary in one sentence, for people
 * @param traces what every stage said of it, in order
 */
public record Explanation(
        String itemId, int place, Stage stage, String component, String summary, List<ItemTrace> traces) {}
