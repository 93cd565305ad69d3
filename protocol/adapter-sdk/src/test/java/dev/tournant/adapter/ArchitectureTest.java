package dev.tournant.adapter;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.tournant.adapter", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule theSdkKnowsNoFrameworkAndNoSockets = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("akka..", "java.net..", "java.nio.channels..", "java.nio.file..")
            .because("an adapter is pure functions: whoever calls it does the input and output");

    @ArchTest
    static final ArchRule theSdkKnowsNeitherAdaptersNorTheirCallers = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.tournant.adapters..",
                    "dev.tournant.messages..",
                    "dev.tournant.persistence..",
                    "dev.tournant.cluster..",
                    "dev.tournant.http..")
            .because("what an adapter is must not depend on who reads it");

    @ArchTest
    static final ArchRule theSdkReadsNoClockAndStartsNoThread = noClasses()
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
            .because("the same bytes must always read the same");
}
