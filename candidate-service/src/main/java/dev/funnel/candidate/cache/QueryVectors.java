package dev.funnel.candidate.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.function.Supplier;

/**
 * Vectors that the generators of one bundle version made of questions, because people ask again: a page reloaded, a second surface. A vector
 * depends on what it was made of and on what the bundle stores, and on nothing that changes while the version is held.
 */
public final class QueryVectors {
    private static final int BYTES_OF_AN_ENTRY = 128;

    private final Cache<Key, float[]> vectors;
    private final Caches.Lookups lookups;

    /** What a vector is made of; equal ones give equal vectors. */
    public interface Ingredients {
        /** About how many bytes it takes. */
        int bytes();
    }

    private record Key(String generator, Ingredients ingredients) {}

    QueryVectors(long mostBytes, Caches.Lookups lookups) {
        this.lookups = lookups;
        this.vectors = Caffeine.newBuilder()
                .maximumWeight(mostBytes)
                .weigher((Key key, float[] vector) ->
                        BYTES_OF_AN_ENTRY + key.ingredients().bytes() + Float.BYTES * vector.length)
                .executor(Runnable::run)
                .build();
    }

    /** The vector that a generator makes of the ingredients; it is shared, and must not be changed. */
    public float[] of(String generator, Ingredients ingredients, Supplier<float[]> make) {
        Key key = new Key(generator, ingredients);
        float[] known = vectors.getIfPresent(key);
        if (known != null) {
            lookups.hits().add(1);
            return known;
        }
        lookups.misses().add(1);
        float[] made = make.get();
        vectors.put(key, made);
        return made;
    }
}
