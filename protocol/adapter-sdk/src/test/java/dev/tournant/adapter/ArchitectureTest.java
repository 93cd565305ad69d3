package dev.tournant.adapter;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.AndFullName.Predicates.fullNameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.tournant.adapter", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    /** Every {@code now()} there is, and the system's counters. */
    private static final String TELLS_THE_TIME =
            "java\\.time\\..*\\.now\\(.*|java\\.lang\\.System\\.(currentTimeMillis|nanoTime)\\(.*";

    /** What has a clock in it, and what runs by itself. */
    private static final String CLOCKS_AND_THREADS =
            "java\\.time\\.(Clock|InstantSource)|java\\.util\\.(Date|Timer|.*Calendar)|java\\.lang\\.Thread";

    @ArchTest
    static final ArchRule theSdkKnowsNoFrameworkAndNoSockets = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("akka..", "java.net..", "javax.net..", "java.nio.channels..", "java.nio.file..")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("java\\.io\\.(File|RandomAccessFile).*")
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
            .haveNameMatching(CLOCKS_AND_THREADS)
            .orShould()
            .accessTargetWhere(target(fullNameMatching(TELLS_THE_TIME)))
            .because("the same bytes must always read the same");
}
