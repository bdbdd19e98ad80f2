package dev.funnel.runtime.config;

import java.nio.file.Path;
import java.util.Map;

/**
 * A process's configuration: one YAML file bound to a record, overridden by the environment.
 *
 * <p>Keys are the record's component names in snake case. A key the record does not have, a missing value, a value of the
 * wrong type and a broken rule refuse the start with a message that names file, line, path, value and rule. Every value in a
 * section can be overridden by a variable named after its path: {@code server.port} by {@code FUNNEL_SERVER_PORT}.
 *
 * <p>Components may be: text, numbers, booleans, enums (kebab case), {@link java.time.Duration} ({@code 150ms}), {@link
 * ByteSize} ({@code 16MiB}), {@link Path}, any type with a static {@code parse(String)} or, for a section it reads itself, {@code parse(Map)}
 * and {@code toMap()}, lists, maps with text keys, records,
 * and sealed interfaces of records, chosen by the key {@code kind} (or by the kind alone as a text, if all else has defaults).
 * A component with {@link Default} or that is {@code @Nullable} may be left out; a list that is {@code @Nullable} may not be given without
 * a value, since its absence says something else than that it is empty.
 */
public final class ConfigurationFile {
    private ConfigurationFile() {}

    /**
     * Reads, overrides and binds.
     *
     * @throws InvalidConfiguration naming what is wrong and where
     */
    public static <T extends Record> T load(Class<T> type, Path file, Map<String, String> environment) {
        return bind(type, YamlSettings.readFile(file), environment);
    }

    /** As {@link #load}, with the places of all its parts. */
    public static <T extends Record> Located<T> locate(Class<T> type, Path file, Map<String, String> environment) {
        return locate(type, YamlSettings.readFile(file), environment);
    }

    /** As {@link #parse}, with the places of all its parts. */
    public static <T extends Record> Located<T> locate(
            Class<T> type, String name, String yaml, Map<String, String> environment) {
        return locate(type, section(YamlSettings.read(name, yaml)), environment);
    }

    /** As {@link #load}, from a text; {@code name} stands for the file in messages. */
    public static <T extends Record> T parse(Class<T> type, String name, String yaml, Map<String, String> environment) {
        return bind(type, section(YamlSettings.read(name, yaml)), environment);
    }

    /** The configuration in effect as YAML, every default spelled out, secrets masked. */
    public static String describe(Record configuration) {
        return EffectiveConfiguration.yaml(configuration);
    }

    private static <T extends Record> T bind(Class<T> type, Setting.Section read, Map<String, String> environment) {
        return locate(type, read, environment).value();
    }

    private static <T extends Record> Located<T> locate(
            Class<T> type, Setting.Section read, Map<String, String> environment) {
        Setting overridden = new EnvironmentOverrides(environment).apply(type, read);
        SettingBinder binder = new SettingBinder();
        return new Located<>(type.cast(binder.bind(type, overridden, "")), binder.places());
    }

    private static Setting.Section section(Setting read) {
        if (read instanceof Setting.Section section) {
            return section;
        }
        throw new InvalidConfiguration(read.origin() + ": must hold keys, not " + read.shape());
    }
}
