package dev.funnel.gateway.ladder;

import dev.funnel.gateway.door.Settled;

/**
 * Where on the ladder a slate stands.
 *
 * @param reason why on no better rung, for people; empty on {@link Rung#FULL}
 * @param settled what left through the door
 */
public record Footing(Rung rung, String reason, Settled settled) {}
