package dev.funnel.gateway.ladder;

/** An item of a slate shown earlier, and the score it had there. */
public record LastGood(String itemId, float score) {}
