package dev.funnel.candidate.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A kind that is installed has a {@link GeneratorContractTest} of its own: forgetting it is not possible. */
class EveryKindKeepsTheContractTest {

    /** Tests of the contract that are run: whole classes, or nested in one. */
    private static List<Class<?>> contractTests() throws Exception {
        Path classes = Path.of(GeneratorContractTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<Class<?>> tests = new ArrayList<>();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith("Test.class")).toList()) {
                String name = classes.relativize(file)
                        .toString()
                        .replace(".class", "")
                        .replace('/', '.');
                addRun(Class.forName(name, false, GeneratorContractTest.class.getClassLoader()), tests);
            }
        }
        return tests;
    }

    private static void addRun(Class<?> type, List<Class<?>> tests) {
        if (GeneratorContractTest.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers())) {
            tests.add(type);
        }
        for (Class<?> nested : type.getDeclaredClasses()) {
            if (nested.isAnnotationPresent(Nested.class)) {
                addRun(nested, tests);
            }
        }
    }

    private static GeneratorContractTest made(Class<?> test) throws Exception {
        boolean inner = test.isMemberClass() && !Modifier.isStatic(test.getModifiers());
        Constructor<?> constructor = test.getDeclaredConstructors()[0];
        constructor.setAccessible(true);
        if (!inner) {
            return (GeneratorContractTest) constructor.newInstance();
        }
        Constructor<?> ofOuter = test.getDeclaringClass().getDeclaredConstructor();
        ofOuter.setAccessible(true);
        return (GeneratorContractTest) constructor.newInstance(ofOuter.newInstance());
    }

    @Test
    void every_installed_kind_has_a_contract_test() throws Exception {
        TreeSet<String> untested = ServiceLoader.load(GeneratorKind.class).stream()
                .map(provider -> provider.type().getName())
                .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(untested.size() > 1, "kinds are installed");
        for (Class<?> test : contractTests()) {
            untested.remove(made(test).kind().getClass().getName());
        }
        assertEquals(new TreeSet<String>(), untested, "kinds without a subclass of GeneratorContractTest");
    }
}
