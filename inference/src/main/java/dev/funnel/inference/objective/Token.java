package dev.funnel.inference.objective;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One word of a formula.
 *
 * @param kind what it is
 * @param text as written; a quoted name without its quotes
 * @param position its first character, from 1
 */
record Token(Kind kind, String text, int position) {
    enum Kind {
        NUMBER,
        NAME,
        QUOTED_NAME,
        SYMBOL,
        END
    }

    private static final Pattern WORDS =
            Pattern.compile("(?<number>(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
                    + "|(?<name>[A-Za-z_][A-Za-z0-9_]*)"
                    + "|`(?<quoted>[^`]+)`"
                    + "|(?<symbol>[-+*/^(),])");

    /** Whether a name can be written without quotes. */
    static boolean plain(String name) {
        Matcher matcher = WORDS.matcher(name);
        return matcher.matches() && matcher.group("name") != null;
    }

    /** All words of a formula, and the end. */
    static List<Token> of(String formula) {
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = WORDS.matcher(formula);
        int at = skipBlanks(formula, 0);
        while (at < formula.length()) {
            if (!matcher.region(at, formula.length()).lookingAt()) {
                throw new InvalidObjectiveException(
                        formula,
                        at + 1,
                        "\"" + formula.charAt(at) + "\"",
                        "a number, a name, a name in `backquotes`, one of + - * / ^ ( ) or a comma");
            }
            tokens.add(token(matcher, at + 1));
            at = skipBlanks(formula, matcher.end());
        }
        tokens.add(new Token(Kind.END, "", formula.length() + 1));
        return tokens;
    }

    private static Token token(Matcher matcher, int position) {
        if (matcher.group("number") != null) {
            return new Token(Kind.NUMBER, matcher.group(), position);
        } else if (matcher.group("name") != null) {
            return new Token(Kind.NAME, matcher.group(), position);
        } else if (matcher.group("quoted") != null) {
            return new Token(Kind.QUOTED_NAME, matcher.group("quoted"), position);
        }
        return new Token(Kind.SYMBOL, matcher.group(), position);
    }

    private static int skipBlanks(String formula, int from) {
        int at = from;
        while (at < formula.length() && Character.isWhitespace(formula.charAt(at))) {
            at++;
        }
        return at;
    }

    boolean is(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    /** What it is, for people. */
    String shown() {
        return kind == Kind.END ? "the end" : "\"" + text + "\"";
    }
}
