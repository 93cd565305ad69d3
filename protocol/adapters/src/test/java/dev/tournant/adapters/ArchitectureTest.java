package dev.tournant.adapters;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.tournant.adapters", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule adaptersDoNotKnowEachOther = slices().matching("dev.tournant.adapters.(*)..")
            .should()
            .notDependOnEachOther()
            .because("a partner must be addable and removable without touching another");

    @ArchTest
    static final ArchRule adaptersKnowTheSdkAndTheModelOnly = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "akka..",
                    "java.net..",
                    "java.nio.channels..",
                    "java.nio.file..",
                    "dev.tournant.messages..",
                    "dev.tournant.persistence..",
                    "dev.tournant.cluster..",
                    "dev.tournant.http..")
            .because("an adapter is pure functions: whoever calls it does the input and output");

    @ArchTest
    static final ArchRule adaptersReadNoClockAndStartNoThread = noClasses()
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
