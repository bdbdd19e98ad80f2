package dev.funnel.bundle.schema;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** One named input of the ranker: what it reads, and the columns it fills in its block. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = NumberFeature.class, name = "number"),
    @JsonSubTypes.Type(value = CategoryFeature.class, name = "category"),
    @JsonSubTypes.Type(value = BagFeature.class, name = "bag"),
    @JsonSubTypes.Type(value = EmbeddingFeature.class, name = "embedding"),
    @JsonSubTypes.Type(value = IndexFeature.class, name = "index"),
    @JsonSubTypes.Type(value = CrossFeature.class, name = "cross"),
})
public sealed interface Feature permits ReadingFeature, CrossFeature {
    /** Its name, unique in the schema. */
    String name();
}
