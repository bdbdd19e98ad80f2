package dev.funnel.runtime.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Single values from their texts. What a text breaks is an {@link IllegalArgumentException} whose message is the rule. */
final class Scalars {
    private Scalars() {}

    /** Whether a type is written as one value: a number, a text, a duration, or anything with a static {@code parse(String)}. */
    static boolean parses(Class<?> type) {
        return type.isPrimitive()
                || type.isEnum()
                || List.of(
                                String.class,
                                Duration.class,
                                Path.class,
                                Integer.class,
                                Long.class,
                                Double.class,
                                Boolean.class)
                        .contains(type)
                || parseMethod(type, String.class) != null;
    }

    static Object parse(Class<?> type, String text) {
        if (type == String.class) {
            return text;
        } else if (type == Duration.class) {
            return DurationText.parse(text);
        } else if (type == Path.class) {
            return Path.of(text);
        } else if (type.isEnum()) {
            return constant(type, text);
        } else if (type == boolean.class || type == Boolean.class) {
            return truth(text);
        }
        Method parse = parseMethod(type, String.class);
        return parse == null ? number(type, text) : invoke(parse, text);
    }

    private static Object number(Class<?> type, String text) {
        try {
            if (type == int.class || type == Integer.class) {
                return Integer.parseInt(text);
            } else if (type == long.class || type == Long.class) {
                return Long.parseLong(text);
            } else if (type == float.class) {
                return Float.parseFloat(text);
            } else if (type == double.class || type == Double.class) {
                return Double.parseDouble(text);
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    type == double.class || type == float.class || type == Double.class
                            ? "must be a number"
                            : "must be a whole number");
        }
        throw new IllegalStateException("configuration cannot hold a " + type.getName());
    }

    private static boolean truth(String text) {
        return switch (text) {
            case "true", "on", "yes" -> true;
            case "false", "off", "no" -> false;
            default -> throw new IllegalArgumentException("must be true or false");
        };
    }

    private static Object constant(Class<?> type, String text) {
        List<String> names =
                Arrays.stream(type.getEnumConstants()).map(Scalars::spelled).toList();
        int index = names.indexOf(text);
        if (index < 0) {
            throw new IllegalArgumentException("must be one of " + String.join(", ", names));
        }
        return type.getEnumConstants()[index];
    }

    static String spelled(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether a type is written as a section that it reads itself, with a static {@code parse(Map)}. */
    static boolean parsesSection(Class<?> type) {
        return parseMethod(type, Map.class) != null;
    }

    static Object parseSection(Class<?> type, Map<String, @Nullable Object> section) {
        return invoke(Objects.requireNonNull(parseMethod(type, Map.class)), section);
    }

    private static @Nullable Method parseMethod(Class<?> type, Class<?> from) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.getName().equals("parse") && Modifier.isStatic(method.getModifiers()))
                .filter(method -> Arrays.equals(method.getParameterTypes(), new Class<?>[] {from}))
                .filter(method -> method.getReturnType() == type)
                .findFirst()
                .orElse(null);
    }

    private static Object invoke(Method parse, Object written) {
        try {
            parse.setAccessible(true);
            return parse.invoke(null, written);
        } catch (InvocationTargetException e) {
            String message =
                    e.getCause() instanceof RuntimeException ? e.getCause().getMessage() : null;
            throw new IllegalArgumentException(message == null ? "is not valid" : message, e);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
