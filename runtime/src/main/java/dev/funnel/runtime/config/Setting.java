package dev.funnel.runtime.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A piece of configuration as it was written, before it is bound to a type; it knows where it stands, for messages. */
sealed interface Setting {
    /** Where it stands: {@code gateway.yaml:12}, or the environment variable that set it. */
    String origin();

    /** What it is, in words. */
    String shape();

    /** The same as maps, lists and values, without places. */
    @Nullable
    Object plain();

    /**
     * One value.
     *
     * @param text the value as written; null if it was left empty
     * @param value what YAML takes the text for: a text, a Long, a Double, a Boolean, or null
     */
    record Scalar(@Nullable String text, @Nullable Object value, String origin) implements Setting {
        Scalar(String text, String origin) {
            this(text, text, origin);
        }

        @Override
        public String shape() {
            return text == null ? "nothing" : "\"" + text + "\"";
        }

        @Override
        public @Nullable Object plain() {
            return value;
        }
    }

    /** Values one after another. */
    record Listing(List<Setting> items, String origin) implements Setting {
        @Override
        public String shape() {
            return "a list";
        }

        @Override
        public Object plain() {
            return items.stream().map(Setting::plain).toList();
        }
    }

    /** Values by key, in the order written. */
    record Section(Map<String, Setting> entries, String origin) implements Setting {
        @Override
        public String shape() {
            return "a section with keys";
        }

        @Override
        public Map<String, @Nullable Object> plain() {
            Map<String, @Nullable Object> plain = new LinkedHashMap<>();
            entries.forEach((key, value) -> plain.put(key, value.plain()));
            return plain;
        }
    }
}
