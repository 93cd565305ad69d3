package dev.tournant.deploy.standins.doordash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TokensTest {
    private final DoorDashStandin standin = DoorDashStandin.start(DoorDashSettings.defaults());
    private final Caller caller = new Caller(standin);
    private final String path = "stores/" + standin.storeIds().get(0) + "/store_details";

    @AfterEach
    void close() {
        standin.close();
    }

    @Test
    void acceptsATokenThatTheClientSignedItself() throws Exception {
        assertThat(caller.get(path).status()).isEqualTo(200);
        assertThat(new Caller(standin, 1).get(path).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @MethodSource
    void saysWhichClaimIsWrong(Consumer<ObjectNode> wrong, String named) throws Exception {
        Caller.Reply reply = caller.getWith("Bearer " + caller.signer().token(header -> {}, wrong), path);

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.body().path("code").asText()).isEqualTo("authentication_error");
        assertThat(reply.body().path("message").asText()).contains(named);
    }

    static Stream<Arguments> saysWhichClaimIsWrong() {
        long now = Instant.now().getEpochSecond();
        return Stream.of(
                claim(claims -> claims.put("aud", "uber"), "[aud]"),
                claim(claims -> claims.put("iat", now - 700).put("exp", now - 100), "expired"),
                claim(claims -> claims.put("iat", now - 10).put("exp", now + 1_791), "1800 seconds"),
                claim(claims -> claims.put("iat", now + 100), "[iat] is in the future"),
                claim(claims -> claims.put("exp", "soon"), "whole seconds"),
                claim(claims -> claims.put("kid", "nobody"), "[kid]"),
                claim(claims -> claims.put("iss", "nobody"), "[iss]"));
    }

    @Test
    void takesATokenThatLivesForExactlyHalfAnHour() throws Exception {
        long now = Instant.now().getEpochSecond();
        String token = caller.signer()
                .token(header -> {}, claims -> claims.put("iat", now).put("exp", now + 1_800));

        assertThat(caller.getWith("Bearer " + token, path).status()).isEqualTo(200);
    }

    @Test
    void refusesASignatureByTheSecretAsItIsWritten() throws Exception {
        Caller.Reply reply = caller.getWith("Bearer " + caller.signer().tokenWithUndecodedSecret(), path);

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.body().path("message").asText()).contains("base64url-decoded");
    }

    @Test
    void wantsItsOwnHeader() throws Exception {
        Signer signer = caller.signer();
        Caller.Reply unversioned =
                caller.getWith("Bearer " + signer.token(header -> header.remove("dd-ver"), claims -> {}), path);
        Caller.Reply unsigned =
                caller.getWith("Bearer " + signer.token(header -> header.put("alg", "none"), claims -> {}), path);

        assertThat(unversioned.status()).isEqualTo(401);
        assertThat(unversioned.body().path("message").asText()).contains("[dd-ver]");
        assertThat(unsigned.status()).isEqualTo(401);
        assertThat(unsigned.body().path("message").asText()).contains("[alg]");
    }

    @Test
    void refusesWhatIsNoToken() throws Exception {
        assertThat(caller.getWithoutToken(path).status()).isEqualTo(401);
        assertThat(caller.getWith("Basic abc", path).status()).isEqualTo(401);
        assertThat(caller.getWith("Bearer abc", path).status()).isEqualTo(401);
        assertThat(caller.getWith("Bearer a.b.!", path).status()).isEqualTo(401);
    }

    private static Arguments claim(Consumer<ObjectNode> wrong, String named) {
        return Arguments.of(wrong, named);
    }
}
