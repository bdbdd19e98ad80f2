package dev.funnel.trainer.rank;

import dev.funnel.bundle.schema.VectorTable;
import org.jspecify.annotations.Nullable;

/** A table that features of a ranker look up, and where its rows come from. */
public sealed interface DeclaredTable {
    /** Its name, unique among the tables. */
    String name();

    /** A learnt row for every item. */
    record Items(String name, int width) implements DeclaredTable {}

    /**
     * A learnt row for every text of a vocabulary; other texts are the zero vector.
     *
     * @param vocabulary whose texts: a column's name, of items, users or the log, {@code user_id}, {@code item_id}, {@code hour_of_day} or
     *     {@code day_of_week}; null: the name of the table
     * @param most only so many texts, the most frequent; null: 100,000
     */
    record Texts(
            String name,
            int width,
            @Nullable String vocabulary,
            @Nullable Integer most) implements DeclaredTable {
        public Texts {
            if (most != null && most < 1) {
                throw new IllegalArgumentException("most is " + most + ", must be at least 1");
            }
        }

        /** Whose texts. */
        String texts() {
            return vocabulary == null ? name : vocabulary;
        }
    }

    /** A learnt row for every bucket that texts and crosses are hashed into. */
    record Buckets(String name, int width, int buckets) implements DeclaredTable {}

    /** The item vectors of the generator of that name, as it learnt them; one of those that are named as the ranker's vectors. */
    record Vectors(String name) implements DeclaredTable {}

    /** The same with rows of another width; item vectors of a generator are as wide as they are. */
    default DeclaredTable ofWidth(int width) {
        return switch (this) {
            case Items items -> new Items(items.name, width);
            case Texts texts -> new Texts(texts.name, width, texts.vocabulary, texts.most);
            case Buckets hashed -> new Buckets(hashed.name, width, hashed.buckets);
            case Vectors own -> own;
        };
    }

    /**
     * The same as a schema declares it.
     *
     * @param file where the ranker's own tables lie
     * @param vectors of the generator, for {@link Vectors}
     */
    default VectorTable declared(String file, @Nullable ItemVectors vectors) {
        String tensor = "table." + name();
        return switch (this) {
            case Items items -> new VectorTable(items.name, items.width, VectorTable.Keys.ITEM, file, tensor);
            case Texts texts -> new VectorTable(texts.name, texts.width, VectorTable.Keys.TEXT, file, tensor);
            case Buckets hashed ->
                new VectorTable(hashed.name, hashed.width, VectorTable.Keys.HASH, file, tensor, hashed.buckets);
            case Vectors own
            when vectors != null ->
                new VectorTable(
                        own.name, vectors.rows().columns(), VectorTable.Keys.ITEM, vectors.file(), vectors.tensor());
            case Vectors own ->
                throw new IllegalArgumentException(
                        "table \"" + own.name
                                + "\" is refused: there are no such vectors; generators that have some are named in ranker_vectors");
        };
    }
}
