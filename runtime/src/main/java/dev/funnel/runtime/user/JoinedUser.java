package dev.funnel.runtime.user;

import dev.funnel.runtime.wire.UserState;

/**
 * A user as the bundle and the caller know them together.
 *
 * @param state what the stages get
 * @param watched item indexes of all that was watched or bought, sorted; more than the state has room for
 * @param disliked item indexes of all that was disliked, sorted
 * @param ignored how many of the caller's interactions are with items that the bundle does not hold
 */
public record JoinedUser(UserState state, int[] watched, int[] disliked, int ignored) {}
