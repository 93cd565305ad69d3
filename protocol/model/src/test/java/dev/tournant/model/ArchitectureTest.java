package dev.tournant.model;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.AndFullName.Predicates.fullNameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.tournant.model", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    /** Every {@code now()} there is, and the system's counters. */
    private static final String TELLS_THE_TIME =
            "java\\.time\\..*\\.now\\(.*|java\\.lang\\.System\\.(currentTimeMillis|nanoTime)\\(.*";

    /** What has a clock in it, and what runs by itself. */
    private static final String CLOCKS_AND_THREADS =
            "java\\.time\\.(Clock|InstantSource)|java\\.util\\.(Date|Timer|.*Calendar)|java\\.lang\\.Thread";

    @ArchTest
    static final ArchRule theModelNeedsTheJdkAndAnnotationsOnly = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.tournant.model", "java..", "com.fasterxml.jackson.annotation..", "org.jspecify.annotations..")
            .because("whoever talks about restaurants must be able to, without our frameworks");

    @ArchTest
    static final ArchRule theModelReadsNoClockAndDoesNoInputOrOutput = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.io..", "java.net..", "java.nio.channels..", "java.nio.file..", "java.util.concurrent..")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching(CLOCKS_AND_THREADS)
            .orShould()
            .accessTargetWhere(target(fullNameMatching(TELLS_THE_TIME)))
            .because("values are decided by what was said, never by where and when it is read");
}
