package dev.funnel.systemtests.border;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Reads the class files of all modules and holds them to the table of imports in ARCHITECTURE.md. */
class ImportBorderTest {

    @SuppressWarnings("NullAway.Init")
    private static JavaClasses classes;

    @BeforeAll
    static void read_the_class_files_of_all_modules() {
        classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .withImportOption(location -> !location.contains("-tests.jar"))
                .importPackages("dev.funnel");
    }

    @ParameterizedTest
    @EnumSource
    void a_module_has_classes_and_uses_only_the_modules_it_may(Module module) {
        assertFalse(
                classes.that(resideInAPackage(module.packages())).isEmpty(),
                module + " has no classes on the class path");
        if (module.forbiddenPackages().length > 0) {
            mustNotUse(module.packages(), module.forbiddenPackages()).check(classes);
        }
    }

    @Test
    void a_service_that_used_another_would_be_found() {
        ArchRule cliIsAService = mustNotUse(Module.CLI.packages(), Module.RERANKER.packages());
        assertThrows(AssertionError.class, () -> cliIsAService.check(classes));
    }

    @Test
    void generated_classes_and_grpc_stay_in_grpc_packages_runtime_and_cli() {
        noClasses()
                .that()
                .resideInAPackage("dev.funnel..")
                .and()
                .resideOutsideOfPackages(
                        "dev.funnel.proto..",
                        "dev.funnel.*.grpc..",
                        "dev.funnel.runtime..",
                        "dev.funnel.benchmarks..",
                        "dev.funnel.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.funnel.proto..", "io.grpc..")
                .check(classes);
    }

    @ParameterizedTest
    @CsvSource({
        "org.apache.lucene.., dev.funnel.benchmarks..",
        "ai.onnxruntime.., dev.funnel.inference.engine..",
        "com.netflix.concurrency.., dev.funnel.runtime.admission..",
        "io.github.bucket4j.., dev.funnel.runtime.admission..",
        "com.github.benmanes.caffeine.., dev.funnel.gateway..;dev.funnel.candidate.cache..",
        "io.opentelemetry.., dev.funnel.runtime.telemetry..",
        "io.prometheus.., dev.funnel.runtime.telemetry..",
        "picocli.., dev.funnel.cli..",
        "org.nd4j.., dev.funnel.inference.engine.nd4j..",
        "org.duckdb.., dev.funnel.trainer..",
        "java.sql.., dev.funnel.trainer..",
    })
    void a_library_stays_in_its_package(String library, String home) {
        noClasses()
                .that()
                .resideInAPackage("dev.funnel..")
                .and()
                .resideOutsideOfPackages(home.split(";"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(classes);
    }

    @Test
    void hnswlib_stays_in_its_package_and_among_the_peers_of_the_benchmarks() {
        noClasses()
                .that()
                .resideInAPackage("dev.funnel..")
                .and()
                .resideOutsideOfPackages("dev.funnel.retrieval.hnswlib..", "dev.funnel.benchmarks..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.github.jelmerk..")
                .check(classes);
    }

    @Test
    void the_form_of_onnx_files_stays_where_they_are_written_and_read() {
        noClasses()
                .that()
                .resideInAPackage("dev.funnel..")
                .and()
                .resideOutsideOfPackages("dev.funnel.trainer.onnx..", "dev.funnel.inference.onnx..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.onnx.proto..")
                .check(classes);
    }

    private static ArchRule mustNotUse(String user, String... used) {
        return noClasses()
                .that()
                .resideInAPackage(user)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(used)
                .allowEmptyShould(true);
    }
}
