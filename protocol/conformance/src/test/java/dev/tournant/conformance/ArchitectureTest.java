package dev.tournant.conformance;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.AndFullName.Predicates.fullNameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.tournant.conformance", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    /** Every {@code now()} there is, and the system's counters. */
    private static final String TELLS_THE_TIME =
            "java\\.time\\..*\\.now\\(.*|java\\.lang\\.System\\.(currentTimeMillis|nanoTime)\\(.*";

    /** What has a clock in it, and what runs by itself. */
    private static final String CLOCKS_AND_THREADS =
            "java\\.time\\.(Clock|InstantSource)|java\\.util\\.(Date|Timer|.*Calendar)|java\\.lang\\.Thread";

    @ArchTest
    static final ArchRule theKitSendsNothing = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "akka..",
                    "javax.net..",
                    "java.nio.channels..",
                    "dev.tournant.adapters..",
                    "dev.tournant.messages..",
                    "dev.tournant.persistence..",
                    "dev.tournant.cluster..",
                    "dev.tournant.http..")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("java\\.net\\.(?!URI$|URL$|URISyntaxException$).*")
            .orShould()
            .accessTargetWhere(target(fullNameMatching("java\\.net\\.URL\\.(open|getContent).*")))
            .because("counterparts over sockets live with whoever runs the checks");

    @ArchTest
    static final ArchRule onlySamplesReadFiles = noClasses()
            .that()
            .doNotHaveSimpleName("Samples")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.nio.file..")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("java\\.io\\.(File|RandomAccessFile).*")
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
            .haveNameMatching(CLOCKS_AND_THREADS)
            .orShould()
            .accessTargetWhere(target(fullNameMatching(TELLS_THE_TIME)))
            .because("the same seed must always find the same");
}
