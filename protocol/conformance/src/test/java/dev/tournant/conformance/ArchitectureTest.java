package dev.tournant.conformance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.tournant.conformance", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule theKitSendsNothing = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "akka..",
                    "java.net.http..",
                    "java.nio.channels..",
                    "dev.tournant.adapters..",
                    "dev.tournant.messages..",
                    "dev.tournant.persistence..",
                    "dev.tournant.cluster..",
                    "dev.tournant.http..")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.net.Socket")
            .because("counterparts over sockets live with whoever runs the checks");

    @ArchTest
    static final ArchRule onlySamplesReadFiles = noClasses()
            .that()
            .doNotHaveSimpleName("Samples")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.nio.file..")
            .because("a check is a function of its subject");

    @ArchTest
    static final ArchRule onlyOneClassKnowsJUnit = noClasses()
            .that()
            .doNotHaveSimpleName("AdapterConformance")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.junit..")
            .because("a command line runs the same checks");

    @ArchTest
    static final ArchRule theKitReadsNoClockAndStartsNoThread = noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.time.Clock")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.lang.Thread")
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .because("the same seed must always find the same");
}
