package dev.funnel.runtime.wire;

/**
 * What one stage did with an item that the caller asked to have traced.
 *
 * @param itemId the item
 * @param stage which stage speaks
 * @param verdict what happened to the item there
 * @param component the generator or rule that decided; empty: none
 * @param detail why, for people
 * @param score score after the stage; 0 where it gave none
 * @param place place after the stage, from 1; 0 if it has none
 */
public record ItemTrace(
        String itemId, Stage stage, TraceVerdict verdict, String component, String detail, float score, int place) {}
