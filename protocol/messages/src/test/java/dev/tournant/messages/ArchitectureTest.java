package dev.tournant.messages;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.tournant.messages", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule messagesNameReplyAddressesAndNothingElseOfAkka = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("akka..").and(not(name("akka.actor.typed.ActorRef"))))
            .because("http and the tests speak these messages without an actor system");

    @ArchTest
    static final ArchRule messagesKnowNobodyWhoSendsThem = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.tournant.adapter..",
                    "dev.tournant.adapters..",
                    "dev.tournant.persistence..",
                    "dev.tournant.cluster..",
                    "dev.tournant.http..",
                    "dev.tournant.deploy..")
            .because("cluster and http meet here and nowhere else");
}
