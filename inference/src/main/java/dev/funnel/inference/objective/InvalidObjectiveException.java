package dev.funnel.inference.objective;

/** A formula breaks the rules of its language; says at which character, what was found there and what is allowed. */
public final class InvalidObjectiveException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;
    private static final int SHOWN = 80;

    private final int position;

    InvalidObjectiveException(String formula, int position, String found, String allowed) {
        super("formula \"%s\", character %d: found %s, allowed is %s"
                .formatted(shorten(formula), position, shorten(found), allowed));
        this.position = position;
    }

    private static String shorten(String text) {
        String printable = text.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?");
        return printable.length() <= SHOWN ? printable : printable.substring(0, SHOWN) + "...";
    }

    /** The character at fault, from 1; one past the last if the formula ends too early. */
    public int position() {
        return position;
    }
}
