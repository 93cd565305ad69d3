package dev.tournant.adapters;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.AndFullName.Predicates.fullNameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.tournant.adapters", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    /** Every {@code now()} there is, and the system's counters. */
    private static final String TELLS_THE_TIME =
            "java\\.time\\..*\\.now\\(.*|java\\.lang\\.System\\.(currentTimeMillis|nanoTime)\\(.*";

    /** What has a clock in it, and what runs by itself. */
    private static final String CLOCKS_AND_THREADS =
            "java\\.time\\.(Clock|InstantSource)|java\\.util\\.(Date|Timer|.*Calendar)|java\\.lang\\.Thread";

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
                    "javax.net..",
                    "java.nio.channels..",
                    "java.nio.file..",
                    "dev.tournant.messages..",
                    "dev.tournant.persistence..",
                    "dev.tournant.cluster..",
                    "dev.tournant.http..")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("java\\.io\\.(File|RandomAccessFile).*")
            .because("an adapter is pure functions: whoever calls it does the input and output");

    @ArchTest
    static final ArchRule adaptersReadNoClockAndStartNoThread = noClasses()
            .should()
            .dependOnClassesThat()
            .haveNameMatching(CLOCKS_AND_THREADS)
            .orShould()
            .accessTargetWhere(target(fullNameMatching(TELLS_THE_TIME)))
            .because("the same bytes must always read the same");
}
