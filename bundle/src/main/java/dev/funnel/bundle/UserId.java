package dev.funnel.bundle;

/** The name of a user outside a bundle: 1 to 128 bytes of UTF-8. Inside one bundle version the user is a row of the user table. */
public record UserId(String value) {
    /** Refuses an id that is empty or too long. */
    public UserId {
        ExternalIds.check("user id", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
