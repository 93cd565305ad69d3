package dev.tournant.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.http.server.Operation.Access;
import dev.tournant.messages.Problem;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OpenApiTest {
    private static TestServer server;
    private static JsonNode description;

    @BeforeAll
    static void start() {
        server = new TestServer();
        description = TestServer.json(server.sendAs("", "GET", "/v1/openapi.json", ""));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static TreeSet<String> described() {
        TreeSet<String> operations = new TreeSet<>();
        Iterator<Map.Entry<String, JsonNode>> paths = description.get("paths").fields();
        paths.forEachRemaining(path -> path.getValue()
                .fieldNames()
                .forEachRemaining(method -> operations.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        return operations;
    }

    @Test
    void describesEveryRoute() {
        assertThat(description.get("openapi").asText()).startsWith("3.1");
        assertThat(described())
                .containsExactlyInAnyOrderElementsOf(
                        server.api.inventory().stream().map(Operation::toString).toList());
    }

    @Test
    void describesNothingThatIsNotThere() {
        for (String operation : described()) {
            String[] parts = operation.split(" ");
            HttpResponse<String> answer = server.send(parts[0], parts[1].replaceAll("\\{\\w+}", "item"), "");

            assertThat(answer.statusCode()).as(operation).isNotEqualTo(405);
            assertThat(answer.headers().firstValue("Content-Type").equals(Optional.of("application/problem+json"))
                            && TestServer.code(answer).equals("unknown-route 404"))
                    .as(operation)
                    .isFalse();
        }
    }

    @Test
    void saysWhichOperationsNeedAKey() {
        for (Operation operation : server.api.inventory()) {
            JsonNode security = description
                    .at("/paths")
                    .path(operation.template())
                    .path(operation.method().toLowerCase(Locale.ROOT))
                    .path("security");
            boolean open = operation.access() == Access.PUBLIC || operation.access() == Access.SIGNED;
            assertThat(security.isArray() && security.isEmpty())
                    .as("%s", operation)
                    .isEqualTo(open);
        }
    }

    @Test
    void listsEveryCodeOfAProblem() {
        TreeSet<String> codes = new TreeSet<>();
        description.at("/components/schemas/Problem/properties/code/enum").forEach(code -> codes.add(code.asText()));

        assertThat(codes)
                .isEqualTo(Arrays.stream(Problem.values())
                        .map(Problem::code)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void refersOnlyToWhatItDefines() {
        for (JsonNode reference : description.findValues("$ref")) {
            assertThat(description.at(reference.asText().substring(1)).isMissingNode())
                    .as(reference.asText())
                    .isFalse();
        }
    }

    @Test
    void asksEveryRouteButThePublicOnesForAKey() {
        for (Operation operation : server.api.inventory()) {
            String path = operation.template().replaceAll("\\{\\w+}", "item");
            int status = server.sendAs("", operation.method(), path, "").statusCode();
            boolean open = operation.access() == Access.PUBLIC || operation.access() == Access.SIGNED;
            assertThat(status == 401).as("%s", operation).isEqualTo(!open);
        }
    }
}
