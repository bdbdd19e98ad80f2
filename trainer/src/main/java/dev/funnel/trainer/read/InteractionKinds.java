package dev.funnel.trainer.read;

import java.util.List;
import java.util.Locale;

/** The names of what users do, in files, and their numbers in the contract's {@code InteractionKind}. */
public final class InteractionKinds {

    public static final byte WATCH = 1;
    public static final byte CLICK = 2;
    public static final byte IMPRESSION = 3;
    public static final byte LIKE = 4;
    public static final byte DISLIKE = 5;
    public static final byte PURCHASE = 6;
    public static final byte SEARCH = 7;

    /** Names by number; number 0 counts as a watch and has no name in files. */
    static final List<String> NAMES =
            List.of("", "watch", "click", "impression", "like", "dislike", "purchase", "search");

    private InteractionKinds() {}

    /** The number of a name in any case; -1 if there is none. */
    public static byte of(String name) {
        return name.isEmpty() ? -1 : (byte) NAMES.indexOf(name.toLowerCase(Locale.ROOT));
    }
}
