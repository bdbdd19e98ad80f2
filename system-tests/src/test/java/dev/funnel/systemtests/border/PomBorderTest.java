package dev.funnel.systemtests.border;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.systemtests.Repository;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Holds the dependencies that the poms declare to the same table. Test scope is free: tests may use another's fixtures. */
class PomBorderTest {

    @ParameterizedTest
    @EnumSource
    void a_pom_declares_only_the_modules_it_may_import(Module module) throws Exception {
        List<Module> wrong =
                ours(module.folder()).filter(other -> !module.mayImport(other)).toList();
        assertEquals(List.of(), wrong, module.folder() + "/pom.xml");
    }

    @Test
    void every_module_of_the_build_stands_in_the_table() throws Exception {
        TreeSet<String> known = new TreeSet<>(List.of("system-tests"));
        Arrays.stream(Module.values()).map(Module::folder).forEach(known::add);
        TreeSet<String> built = new TreeSet<>();
        texts(root("pom.xml"), "module").forEach(built::add);
        assertEquals(known, built);
    }

    @Test
    void nobody_declares_cli_or_system_tests_but_system_tests() throws Exception {
        for (Module module : Module.values()) {
            assertTrue(
                    dependencies(module.folder())
                            .map(dependency -> text(dependency, "artifactId"))
                            .noneMatch(name -> name.equals("funnel-cli") || name.equals("funnel-system-tests")),
                    module.folder());
        }
    }

    private static Stream<Module> ours(String folder) throws Exception {
        return dependencies(folder)
                .filter(dependency -> text(dependency, "groupId").equals("dev.funnel"))
                .filter(dependency -> !text(dependency, "scope").equals("test"))
                .map(dependency -> text(dependency, "artifactId").substring("funnel-".length()))
                .map(PomBorderTest::moduleOf);
    }

    private static Module moduleOf(String folder) {
        return Arrays.stream(Module.values())
                .filter(module -> module.folder().equals(folder))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no module " + folder));
    }

    private static Stream<Element> dependencies(String folder) throws Exception {
        return elements(root(folder + "/pom.xml"), "dependency");
    }

    private static Element root(String pom) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Repository.root().resolve(pom).toFile())
                .getDocumentElement();
    }

    private static Stream<String> texts(Element in, String name) {
        return elements(in, name).map(element -> element.getTextContent().strip());
    }

    private static String text(Element in, String name) {
        return texts(in, name).findFirst().orElse("");
    }

    private static Stream<Element> elements(Element in, String name) {
        NodeList nodes = in.getElementsByTagName(name);
        return IntStream.range(0, nodes.getLength()).mapToObj(nodes::item).map(Element.class::cast);
    }
}
