package dev.funnel.runtime.log;

/**
 * How far a process follows the item log.
 *
 * @param position every entry up to it is applied; 0: none
 * @param newest position of the newest entry, as last heard
 * @param lagSeconds time since it last had every entry and showed what it had, or since it began, if it never had
 * @param silentSeconds time since the log's owner was last heard, or since it began, if it never was
 * @param lagging why the process is not ready because of it; empty: it keeps up
 */
public record FollowerStatus(long position, long newest, double lagSeconds, double silentSeconds, String lagging) {}
