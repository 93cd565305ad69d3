package dev.tournant.deploy.e2e;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.ObjectOutputStream;

/** The sentences of the README's house, as rules over all modules. */
@AnalyzeClasses(packages = "dev.tournant", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {
    @ArchTest
    static final ArchRule HTTP_AND_CLUSTER_MEET_IN_PROTOCOL = noClasses()
            .that()
            .resideInAPackage("dev.tournant.http..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.tournant.cluster..", "dev.tournant.persistence..")
            .because("http and cluster meet in protocol and are joined in deploy/node");

    @ArchTest
    static final ArchRule CLUSTER_DOES_NOT_KNOW_HTTP = noClasses()
            .that()
            .resideInAnyPackage("dev.tournant.cluster..", "dev.tournant.persistence..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.tournant.http..", "akka.http..")
            .because("http and cluster meet in protocol and are joined in deploy/node");

    @ArchTest
    static final ArchRule PROTOCOL_KNOWS_NOBODY = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.tournant.model..",
                    "dev.tournant.messages..",
                    "dev.tournant.adapter..",
                    "dev.tournant.adapters..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.tournant.persistence..",
                    "dev.tournant.cluster..",
                    "dev.tournant.http..",
                    "dev.tournant.deploy..")
            .because("everything else depends on protocol");

    @ArchTest
    static final ArchRule ONLY_THE_NODE_KNOWS_ADAPTERS_BY_CLASS = noClasses()
            .that()
            .resideInAnyPackage("dev.tournant.cluster..", "dev.tournant.http..", "dev.tournant.persistence..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.tournant.adapters..")
            .because("adapters are found by ServiceLoader; nothing is written for one partner outside its package");

    @ArchTest
    static final ArchRule RULES_ARE_PURE = noClasses()
            .that()
            .haveNameMatching(
                    ".*\\.cluster\\.merchant\\.(MerchantRules|Absorbing.*|Batch.*|MerchantState.*|MerchantQueries|RecordTable|Seen|Decision|Rehearsing|Fold|Entries)")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("akka..", "org.slf4j..", "io.micrometer..", "org.apache.kafka..")
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Math.class, "random")
            .because("what they need is in the command, so that a history replays exactly");

    @ArchTest
    static final ArchRule PARTNERS_DO_NOT_KNOW_EACH_OTHER = slices().matching("dev.tournant.adapters.(*)..")
            .should()
            .notDependOnEachOther()
            .because("one partner's change must not break another");

    @ArchTest
    static final ArchRule NO_JAVA_SERIALIZATION = noClasses()
            .should()
            .dependOnClassesThat()
            .areAssignableTo(ObjectOutputStream.class)
            .because("it is switched off on the wire and has no place anywhere else");

    @ArchTest
    static final ArchRule NO_CYCLES = slices().matching("dev.tournant.cluster.(*)..")
            .should()
            .beFreeOfCycles()
            .because("data flows in one direction");

    @ArchTest
    static final ArchRule ONLY_OPS_OPENS_CLIENTS_OF_KAFKA = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.tournant.cluster.ops..", "dev.tournant.deploy.bench..", "dev.tournant.deploy.faults..")
            .should()
            .callCodeUnitWhere(target(name("create"))
                    .and(target(owner(assignableTo("org.apache.kafka.clients.admin.Admin")
                            .or(nameMatching("akka\\.kafka\\.(Consumer|Producer)Settings.*"))))))
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("org\\.apache\\.kafka\\.clients\\.(consumer\\.KafkaConsumer|producer\\.KafkaProducer)")
            .because(
                    "KafkaClient has the TLS, the passwords and the properties that our promises rest on; what measures and"
                            + " hurts from outside has clients of its own");
}
