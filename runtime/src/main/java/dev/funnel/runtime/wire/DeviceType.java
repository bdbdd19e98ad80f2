package dev.funnel.runtime.wire;

/** The kind of device a slate is shown on. */
public enum DeviceType {
    UNKNOWN,
    PHONE,
    TABLET,
    DESKTOP,
    TV;

    private static final DeviceType[] BY_NUMBER = values();

    /** By its number in the contract; a number this version does not know is {@link #UNKNOWN}. */
    public static DeviceType ofNumber(int number) {
        return number > 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : UNKNOWN;
    }

    /** Its number in the contract. */
    public int number() {
        return ordinal();
    }
}
