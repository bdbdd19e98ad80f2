package dev.funnel.runtime.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Puts environment variables in place of what a file says. Records are followed through all their components, maps through the
 * keys the file has; a list of values is overridden whole, as a YAML list. A variable under the name of a section that fits
 * nothing in it is refused, like a misspelt key.
 */
final class EnvironmentOverrides {
    private final Map<String, String> environment;
    private final Set<String> known = new TreeSet<>();

    EnvironmentOverrides(Map<String, String> environment) {
        this.environment = environment;
    }

    Setting apply(Class<? extends Record> type, Setting.Section read) {
        Setting overridden = overrideRecord(type, read, "");
        refuseUnknown(type);
        return overridden == null ? read : overridden;
    }

    private @Nullable Setting override(Type type, @Nullable Setting read, String path) {
        if (type instanceof Class<?> raw && raw.isRecord() && !Scalars.parses(raw)) {
            return overrideRecord(raw, read, path);
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() == Map.class) {
            return overrideMap(generic.getActualTypeArguments()[1], read, path);
        }
        String variable = Names.variable(path);
        known.add(variable);
        String value = environment.get(variable);
        return value == null ? read : overriding(type, value, "environment variable " + variable);
    }

    private static Setting overriding(Type type, String value, String origin) {
        boolean list = type instanceof ParameterizedType generic && generic.getRawType() == List.class;
        return list ? YamlSettings.read(origin, value) : new Setting.Scalar(value, origin);
    }

    private @Nullable Setting overrideRecord(Class<?> type, @Nullable Setting read, String path) {
        if (read != null && !(read instanceof Setting.Section)) {
            return read;
        }
        Map<String, Setting> entries = read instanceof Setting.Section section
                ? new LinkedHashMap<>(section.entries())
                : new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String key = Names.key(component.getName());
            Setting overridden = override(component.getGenericType(), entries.get(key), SettingBinder.join(path, key));
            if (overridden != null) {
                entries.put(key, overridden);
            }
        }
        return read == null && entries.isEmpty() ? null : new Setting.Section(entries, origin(read, path));
    }

    private @Nullable Setting overrideMap(Type valueType, @Nullable Setting read, String path) {
        if (!(read instanceof Setting.Section section)) {
            return read;
        }
        Map<String, Setting> entries = new LinkedHashMap<>();
        section.entries().forEach((key, value) -> {
            Setting overridden = override(valueType, value, SettingBinder.join(path, key));
            entries.put(key, overridden == null ? value : overridden);
        });
        return new Setting.Section(entries, section.origin());
    }

    private static String origin(@Nullable Setting read, String path) {
        return read == null ? "environment, " + path : read.origin();
    }

    private void refuseUnknown(Class<? extends Record> type) {
        for (RecordComponent component : type.getRecordComponents()) {
            String prefix = Names.variable(Names.key(component.getName())) + "_";
            for (String variable : environment.keySet()) {
                if (variable.startsWith(prefix) && !known.contains(variable)) {
                    throw new InvalidConfiguration("environment variable " + variable + ": overrides no known key; "
                            + Names.suggestion(variable, known));
                }
            }
        }
    }
}
