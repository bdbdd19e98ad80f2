package dev.funnel.runtime.wire;

import java.util.Arrays;

/** The kind of device a slate is shown on. */
public enum DeviceType {
    UNKNOWN(0),
    PHONE(1),
    TABLET(2),
    DESKTOP(3),
    TV(4);

    private final int number;

    DeviceType(int number) {
        this.number = number;
    }

    /** By its number in the contract; a number this version does not know is {@link #UNKNOWN}. */
    public static DeviceType ofNumber(int number) {
        return Arrays.stream(values())
                .filter(value -> value.number == number)
                .findFirst()
                .orElse(UNKNOWN);
    }

    /** Its number in the contract. */
    public int number() {
        return number;
    }
}
