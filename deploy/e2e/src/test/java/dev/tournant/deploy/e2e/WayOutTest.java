package dev.tournant.deploy.e2e;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.tournant.adapter.Gates;
import dev.tournant.cluster.wayout.WaysOut;
import dev.tournant.http.client.AroundTheGate;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * There is one way out to partners, and a gate stands in it. {@code http.client.Wire} alone opens connections; what is
 * sent over them is an {@code Attempt}, which has a pass; and passes come from {@code cluster.gate}.
 */
@AnalyzeClasses(packages = "dev.tournant", importOptions = ImportOption.DoNotIncludeTests.class)
class WayOutTest {
    private static final String CLIENT = "dev.tournant.http.client.";

    /** These are no part of a node: they play partners, start servers, or call the node from outside. */
    private static final Pattern BESIDE_THE_NODE =
            Pattern.compile("dev\\.tournant\\.deploy\\.(local|standins|stack|bench|cli|e2e)(\\..*)?");

    private static final Pattern TYPES = Pattern.compile(String.join(
            "|",
            "java\\.net\\.http\\..*",
            "java\\.net\\.(Socket|ServerSocket|DatagramSocket|MulticastSocket|(Http|Jar)?URLConnection)",
            "java\\.nio\\.channels\\.(Asynchronous)?(Server)?(Socket|Datagram)Channel",
            "javax\\.net\\.(SocketFactory|ssl\\.(SSLSocket.*|HttpsURLConnection|SSLEngine))",
            "akka\\.http\\.(java|scala)dsl\\.(OutgoingConnection.*|HostConnectionPool.*|ClientTransport.*|ConnectHttp.*)",
            "akka\\.stream\\.(java|scala)dsl\\.(Tcp|TLS)(\\$.*)?",
            "akka\\.io\\.(Tcp|Udp|UdpConnected)(\\$.*|Message|SO)?"));

    private static final Pattern CALLS = Pattern.compile(String.join(
            "|",
            "java\\.net\\.URL\\.(openConnection|openStream|getContent)",
            "akka\\.http\\.(java|scala)dsl\\.Http(Ext)?\\.(connectionTo|.*[oO]utgoingConnection.*|single.*|webSocketClient.*|"
                    + ".*superPool|.*HostConnectionPool.*|clientLayer)"));

    @ArchTest
    static final ArchRule ONE_CLASS_OPENS_CONNECTIONS = noClasses()
            .that(are("parts of a node but the wire", each -> !isBesideTheNode(each) && !isOf(each, "Wire")))
            .should()
            .dependOnClassesThat(
                    are("ways out", each -> TYPES.matcher(each.getName()).matches()))
            .orShould()
            .accessTargetWhere(
                    access("a way out", each -> CALLS.matcher(target(each)).matches()))
            .because("a call that passes no gate can break a partner's limit; use Outbound");

    @ArchTest
    static final ArchRule ONLY_CONNECTIONS_USE_THE_WIRE =
            only("Connection", "calls Wire.connection", "Wire", "connection");

    @ArchTest
    static final ArchRule ONLY_THE_POOL_CONNECTS = only("PartnerPool", "calls Connection.open", "Connection", "open");

    @ArchTest
    static final ArchRule ONLY_ATTEMPTS_ARE_SENT = only("Attempt", "calls Connection.send", "Connection", "send");

    @ArchTest
    static final ArchRule ONLY_CALLS_ATTEMPT = only("Exchange", "makes an Attempt", "Attempt", "<init>");

    @ArchTest
    static final ArchRule PASSES_COME_FROM_GATES = noClasses()
            .that(are("parts of a node", each -> !isBesideTheNode(each)))
            .and()
            .resideOutsideOfPackage("dev.tournant.cluster.gate..")
            .and()
            .areNotInterfaces()
            .should()
            .beAssignableTo(Gates.class)
            .orShould()
            .beAssignableTo(Gates.Pass.class)
            .because("a pass that nobody counted is no pass");

    private static ArchRule only(String caller, String what, String owner, String member) {
        return noClasses()
                .that(are("others than " + caller, each -> !isOf(each, caller)))
                .should()
                .accessTargetWhere(access(what, each -> target(each).equals(CLIENT + owner + "." + member)))
                .because("nothing is sent without a pass");
    }

    private static boolean isBesideTheNode(JavaClass each) {
        return BESIDE_THE_NODE.matcher(each.getPackageName()).matches();
    }

    /** The class of the client that has this name, or one inside it. */
    private static boolean isOf(JavaClass each, String name) {
        return each.getName().equals(CLIENT + name) || each.getName().startsWith(CLIENT + name + "$");
    }

    private static String target(JavaAccess<?> access) {
        return access.getTargetOwner().getName() + "." + access.getTarget().getName();
    }

    private static DescribedPredicate<JavaClass> are(String description, Predicate<JavaClass> which) {
        return describe(description, which);
    }

    private static DescribedPredicate<JavaAccess<?>> access(String description, Predicate<JavaAccess<?>> which) {
        return describe(description, which);
    }

    private static boolean isBroken(ArchRule rule, Class<?>... by) {
        return rule.evaluate(new ClassFileImporter().importClasses(by)).hasViolation();
    }

    static Stream<Class<?>> waysOut() {
        return Arrays.stream(WaysOut.class.getDeclaredClasses());
    }

    @ParameterizedTest
    @MethodSource("waysOut")
    void reportsEveryOtherWayOut(Class<?> way) {
        assertThat(isBroken(ONE_CLASS_OPENS_CONNECTIONS, way)).isTrue();
    }

    @Test
    void reportsTheWayAroundTheGate() {
        assertThat(isBroken(ONLY_CONNECTIONS_USE_THE_WIRE, AroundTheGate.OverTheWire.class))
                .isTrue();
        assertThat(isBroken(ONLY_THE_POOL_CONNECTS, AroundTheGate.OnAConnection.class))
                .isTrue();
        assertThat(isBroken(ONLY_ATTEMPTS_ARE_SENT, AroundTheGate.OnAConnection.class))
                .isTrue();
        assertThat(isBroken(ONLY_CALLS_ATTEMPT, AroundTheGate.WithAPassOfItsOwn.class))
                .isTrue();
        assertThat(isBroken(PASSES_COME_FROM_GATES, AroundTheGate.Forged.class)).isTrue();
    }
}
