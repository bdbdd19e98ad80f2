package dev.funnel.bundle.schema;

import org.jspecify.annotations.Nullable;

/** A feature made of one reading. */
public sealed interface ReadingFeature extends Feature
        permits NumberFeature, CategoryFeature, BagFeature, EmbeddingFeature, IndexFeature {
    /** What it reads. */
    Reading from();

    /** What the reading is about, e.g. a column's name; null where the reading needs nothing. */
    @Nullable
    String of();
}
