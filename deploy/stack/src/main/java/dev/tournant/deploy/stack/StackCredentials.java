package dev.tournant.deploy.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.function.UnaryOperator;

/** The secrets of all links to the stand-ins, as a file of configuration for the nodes. */
final class StackCredentials {
    static final String TOAST = "toast";
    static final String DOORDASH = "doordash";

    private StackCredentials() {}

    /** @param secrets of our own making, by name */
    static String text(Servers servers, UnaryOperator<String> secrets) throws IOException {
        StringBuilder text = new StringBuilder("tournant.credentials {\n");
        // Each seller has a token of its own.
        for (JsonNode seller : servers.standin().sellers()) {
            text.append(block(
                    "square-" + seller.path("merchantId").asText(),
                    "access-token",
                    quoted(seller.path("token").asText()),
                    "signature-key",
                    quoted(secrets.apply("signature-key"))));
        }
        JsonNode client = servers.toast().state().path("clients").path(0);
        String keys = "[" + quoted(secrets.apply("toast-menus")) + ", " + quoted(secrets.apply("toast-stock")) + "]";
        text.append(block(
                TOAST,
                "client-id",
                quoted(client.path("clientId").asText()),
                "client-secret",
                quoted(client.path("clientSecret").asText()),
                "signature-key",
                keys));
        JsonNode key = servers.doorDash().state().path("keys").path(0);
        text.append(block(
                DOORDASH,
                "developer-id",
                quoted(key.path("developerId").asText()),
                "key-id",
                quoted(key.path("keyId").asText()),
                "signing-secret",
                quoted(key.path("signingSecret").asText()),
                "webhook-token",
                quoted(secrets.apply("doordash-webhooks")),
                "pull-token",
                quoted(secrets.apply("doordash-pulls"))));
        // Both send all their webhooks to one URL.
        return text.append("}\ntournant.http.hook-credentials { toast = toast, doordash = doordash }\n")
                .toString();
    }

    private static String block(String name, String... secrets) {
        StringBuilder block = new StringBuilder("  " + quoted(name) + " {");
        for (int i = 0; i < secrets.length; i += 2) {
            block.append(i == 0 ? " " : ", ").append(secrets[i]).append(" = ").append(secrets[i + 1]);
        }
        return block.append(" }\n").toString();
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }
}
