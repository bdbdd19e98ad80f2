package dev.funnel.gateway.snapshot;

import java.util.Map;

/** The replicas that one part of a stage is spread over. */
@FunctionalInterface
public interface Replicas {
    /** Asks every replica there is now, all at once, and returns within a bound what each says, by address. */
    Map<String, ReplicaAnswer> ask();
}
