package dev.tournant.messages;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.AndFullName.Predicates.fullNameMatching;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.tournant.messages", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    /** Every {@code now()} there is, and the system's counters. */
    private static final String TELLS_THE_TIME =
            "java\\.time\\..*\\.now\\(.*|java\\.lang\\.System\\.(currentTimeMillis|nanoTime)\\(.*";

    /** What has a clock in it, and what runs by itself. */
    private static final String CLOCKS_AND_THREADS =
            "java\\.time\\.(Clock|InstantSource)|java\\.util\\.(Date|Timer|.*Calendar)|java\\.lang\\.Thread";

    private static final String SOCKETS_AND_FILES = "java\\.net\\.(?!URI$|URISyntaxException$).*|javax\\.net\\..*"
            + "|java\\.nio\\.(channels|file)\\..*|java\\.io\\.(File|RandomAccessFile).*";

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

    @ArchTest
    static final ArchRule messagesReadNoClockAndDoNoInputOrOutput = noClasses()
            .should()
            .dependOnClassesThat()
            .haveNameMatching(CLOCKS_AND_THREADS)
            .orShould()
            .accessTargetWhere(target(fullNameMatching(TELLS_THE_TIME)))
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching(SOCKETS_AND_FILES)
            .because("what is said must not depend on where and when it is read");
}
