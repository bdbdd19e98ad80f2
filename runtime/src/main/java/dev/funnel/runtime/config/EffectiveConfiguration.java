package dev.funnel.runtime.config;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes configuration records back as the YAML that would give them, with secrets masked. */
final class EffectiveConfiguration {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES));

    private EffectiveConfiguration() {}

    static String yaml(Record configuration) {
        try {
            return YAML.writeValueAsString(plain(configuration));
        } catch (IOException e) {
            throw new IllegalStateException("configuration cannot be written as YAML", e);
        }
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Number number -> number;
            case Boolean truth -> truth;
            case Duration duration -> DurationText.format(duration);
            case Enum<?> constant -> Scalars.spelled(constant);
            case List<?> list ->
                list.stream().map(EffectiveConfiguration::plain).toList();
            case Map<?, ?> map -> plainMap(map);
            case Object section when readsItself(section.getClass()) -> plainSection(section);
            case Record record when !Scalars.parses(record.getClass()) -> plainRecord(record);
            default -> value.toString();
        };
    }

    private static Map<String, @Nullable Object> plainMap(Map<?, ?> map) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        map.forEach((key, value) -> plain.put(String.valueOf(key), plain(value)));
        return plain;
    }

    private static Map<String, @Nullable Object> plainRecord(Record record) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        if (isKind(record.getClass())) {
            plain.put("kind", Names.kind(record.getClass()));
        }
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            plain.put(Names.key(component.getName()), plain(read(component, record)));
        }
        return plain;
    }

    /** A type that reads its own section writes it too. */
    private static @Nullable Object plainSection(Object value) {
        try {
            return value.getClass().getMethod("toMap").invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(value.getClass() + " cannot be written as a section", e);
        }
    }

    private static boolean readsItself(Class<?> type) {
        return Scalars.parsesSection(type)
                || List.of(type.getInterfaces()).stream().anyMatch(Scalars::parsesSection);
    }

    private static boolean isKind(Class<?> type) {
        return List.of(type.getInterfaces()).stream().anyMatch(Class::isSealed);
    }

    private static @Nullable Object read(RecordComponent component, Record record) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component + " cannot be read", e);
        }
    }
}
