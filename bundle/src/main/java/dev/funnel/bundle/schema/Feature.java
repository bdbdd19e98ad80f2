package dev.funnel.bundle.schema;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/** One named input of the ranker: what it reads ({@code from}, {@code of}) and the columns it fills in its block. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = NumberFeature.class, name = "number"),
    @JsonSubTypes.Type(value = CategoryFeature.class, name = "category"),
    @JsonSubTypes.Type(value = BagFeature.class, name = "bag"),
    @JsonSubTypes.Type(value = EmbeddingFeature.class, name = "embedding"),
})
public sealed interface Feature permits NumberFeature, CategoryFeature, BagFeature, EmbeddingFeature {
    /** Its name, unique in the schema. */
    String name();

    /** What it reads. */
    Reading from();

    /** What the reading is about, e.g. a column's name; null where the reading needs nothing. */
    @Nullable
    String of();
}
