package dev.funnel.inference.onnx;

/** What a value of a ranker's graph depends on, and so how often it changes. */
public enum Origin {
    /** Stored tensors only. */
    NOTHING,
    /** What all candidates of a request share. */
    REQUEST,
    /** The item alone. */
    ITEM,
    /** Anything of one candidate in one request. */
    CANDIDATE;

    /** What depends on both. */
    Origin and(Origin other) {
        if (this == other || other == NOTHING) {
            return this;
        }
        return this == NOTHING ? other : CANDIDATE;
    }
}
