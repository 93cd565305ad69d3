package dev.tournant.persistence;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.tournant.persistence", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule whatIsRememberedKnowsNobodyWhoDecides = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.tournant.adapter..",
                    "dev.tournant.adapters..",
                    "dev.tournant.cluster..",
                    "dev.tournant.http..",
                    "dev.tournant.deploy..")
            .because("stored rows outlive the code that wrote them");
}
