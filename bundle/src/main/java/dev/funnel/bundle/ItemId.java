package dev.funnel.bundle;

/**
 * The name of an item outside a bundle: 1 to 128 bytes of UTF-8, stable between versions. Inside one bundle version the item is
 * an {@code itemIndex}.
 */
public record ItemId(String value) {
    /** Refuses an id that is empty or too long. */
    public ItemId {
        ExternalIds.check("item id", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
