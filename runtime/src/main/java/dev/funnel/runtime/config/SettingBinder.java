package dev.funnel.runtime.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Binds {@link Setting}s to types, naming the path and the place of whatever does not fit. */
final class SettingBinder {
    private static final String KIND = "kind";

    private final Map<Object, String> places = new IdentityHashMap<>();

    /** Where each record that was bound stands. */
    Map<Object, String> places() {
        return places;
    }

    static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    Object bind(Type type, Setting setting, String path) {
        if (type instanceof ParameterizedType generic) {
            return generic.getRawType() == Map.class
                    ? bindMap(generic.getActualTypeArguments()[1], setting, path)
                    : bindList(generic.getActualTypeArguments()[0], setting, path);
        }
        Class<?> raw = (Class<?>) type;
        if (Scalars.parses(raw)) {
            return bindScalar(raw, setting, path);
        } else if (Scalars.parsesSection(raw)) {
            return bindSection(raw, setting, path);
        }
        return raw.isSealed() ? bindKind(raw, setting, path) : bindRecord(raw, setting, path, "");
    }

    private static Object bindScalar(Class<?> type, Setting setting, String path) {
        if (!(setting instanceof Setting.Scalar scalar) || scalar.text() == null) {
            throw refusal(setting, path, "is " + setting.shape() + ", must be one value");
        }
        try {
            return Scalars.parse(type, scalar.text());
        } catch (IllegalArgumentException e) {
            String shown = type == Secret.class ? Secret.MASK : scalar.shape();
            throw refusal(setting, path, shown + " " + e.getMessage());
        }
    }

    private static Object bindSection(Class<?> type, Setting setting, String path) {
        if (!(setting instanceof Setting.Section section)) {
            throw refusal(setting, path, "is " + setting.shape() + ", must be a section with keys");
        }
        try {
            return Scalars.parseSection(type, section.plain());
        } catch (IllegalArgumentException e) {
            throw refusal(setting, path, String.valueOf(e.getMessage()));
        }
    }

    private List<Object> bindList(Type itemType, Setting setting, String path) {
        if (!(setting instanceof Setting.Listing listing)) {
            throw refusal(setting, path, "is " + setting.shape() + ", must be a list");
        }
        List<Object> items = new ArrayList<>();
        for (Setting item : listing.items()) {
            items.add(bind(itemType, item, path + "[" + items.size() + "]"));
        }
        return List.copyOf(items);
    }

    private Map<String, Object> bindMap(Type valueType, Setting setting, String path) {
        if (!(setting instanceof Setting.Section section)) {
            throw refusal(setting, path, "is " + setting.shape() + ", must be a section with keys");
        }
        Map<String, Object> values = new LinkedHashMap<>();
        section.entries().forEach((key, value) -> values.put(key, bind(valueType, value, join(path, key))));
        return Collections.unmodifiableMap(values);
    }

    private Object bindKind(Class<?> type, Setting setting, String path) {
        Map<String, Class<?>> kinds = new TreeMap<>();
        records(type).forEach(each -> kinds.put(Names.kind(each), each));
        String kind = kindOf(setting, path);
        Class<?> chosen = kinds.get(kind);
        if (chosen == null) {
            throw refusal(setting, path, "unknown kind \"" + kind + "\"; " + Names.suggestion(kind, kinds.keySet()));
        }
        boolean bare = setting instanceof Setting.Scalar;
        return bindRecord(chosen, bare ? new Setting.Section(Map.of(), setting.origin()) : setting, path, KIND);
    }

    /** The records that a sealed interface permits, itself or through other sealed interfaces. */
    private static Stream<Class<?>> records(Class<?> type) {
        return Arrays.stream(type.getPermittedSubclasses())
                .flatMap(each -> each.isSealed() ? records(each) : Stream.of(each));
    }

    private static String kindOf(Setting setting, String path) {
        Setting named =
                setting instanceof Setting.Section section ? section.entries().get(KIND) : setting;
        if (named instanceof Setting.Scalar scalar && scalar.text() != null) {
            return scalar.text();
        }
        throw refusal(setting, path, "must say its kind");
    }

    private Object bindRecord(Class<?> type, Setting setting, String path, String alsoKnown) {
        if (!(setting instanceof Setting.Section section)) {
            throw refusal(setting, path, "is " + setting.shape() + ", must be a section with keys");
        }
        RecordComponent[] components = type.getRecordComponents();
        refuseUnknownKeys(section, components, path, alsoKnown);
        @Nullable Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = bindComponent(components[i], section, path);
        }
        Object bound = construct(type, components, values, section, path);
        places.put(bound, section.origin());
        return bound;
    }

    private @Nullable Object bindComponent(RecordComponent component, Setting.Section section, String path) {
        String key = Names.key(component.getName());
        Setting given = section.entries().get(key);
        if (given != null && !(given instanceof Setting.Scalar scalar && scalar.text() == null)) {
            return bind(component.getGenericType(), given, join(path, key));
        }
        Default standard = component.getAnnotation(Default.class);
        if (standard != null) {
            Setting value = YamlSettings.read("default of " + join(path, key), standard.value());
            return bind(component.getGenericType(), value, join(path, key));
        }
        if (given != null && isNullable(component) && component.getType() == List.class) {
            throw refusal(given, join(path, key), "is given without a value, must be a list or be left out");
        }
        if (isNullable(component)) {
            return null;
        }
        throw refusal(section, join(path, key), "is missing, and has no default");
    }

    private static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static void refuseUnknownKeys(
            Setting.Section section, RecordComponent[] components, String path, String alsoKnown) {
        List<String> known = Arrays.stream(components)
                .map(component -> Names.key(component.getName()))
                .toList();
        section.entries().forEach((key, value) -> {
            if (!known.contains(key) && !key.equals(alsoKnown)) {
                throw refusal(value, join(path, key), "unknown key \"" + key + "\"; " + Names.suggestion(key, known));
            }
        });
    }

    private static Object construct(
            Class<?> type, RecordComponent[] components, @Nullable Object[] values, Setting setting, String path) {
        try {
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException broken) {
                throw refusal(setting, path, String.valueOf(broken.getMessage()));
            }
            throw new IllegalStateException(type + " cannot be constructed", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " cannot be constructed", e);
        }
    }

    private static InvalidConfiguration refusal(Setting setting, String path, String what) {
        return new InvalidConfiguration(setting.origin() + ": " + (path.isEmpty() ? "" : path + ": ") + what);
    }
}
