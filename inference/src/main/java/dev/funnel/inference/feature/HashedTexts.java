package dev.funnel.inference.feature;

/** Buckets that texts fall into by {@link TextHash}: no text is out of vocabulary, several may share a row (Weinberger et al. 2009). */
record HashedTexts(int buckets) implements TextRows {
    @Override
    public int row(String text) {
        return bucket(TextHash.of(text));
    }

    @Override
    public CrossRows crosses() {
        return this::bucket;
    }

    private int bucket(long key) {
        return (int) Long.remainderUnsigned(key, buckets);
    }
}
