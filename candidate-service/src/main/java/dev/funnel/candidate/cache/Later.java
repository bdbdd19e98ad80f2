package dev.funnel.candidate.cache;

/** Takes work that nobody waits for; may decline it. While it runs, the bundle version it is about stays open. */
@FunctionalInterface
public interface Later {
    void offer(Runnable work);
}
