package dev.tournant.http.server;

import dev.tournant.messages.Consents;
import dev.tournant.messages.Problem;
import dev.tournant.model.PartnerName;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes the code "good", for the credentials "main", at Square. */
final class ConsentsInMemory implements Consents {
    final List<String> taken = new CopyOnWriteArrayList<>();

    @Override
    public URI page(PartnerName partner, String credentials, String redirectUri, String state) {
        check(partner, credentials);
        return URI.create("https://square.example/authorize?state=" + state);
    }

    @Override
    public CompletionStage<Void> exchange(PartnerName partner, String credentials, String code, String redirectUri) {
        check(partner, credentials);
        if (!code.equals("good")) {
            return CompletableFuture.failedFuture(new Refused(Problem.CODE_REFUSED, "HTTP 400 invalid_grant"));
        }
        taken.add(partner + " " + credentials + " " + redirectUri);
        return CompletableFuture.completedFuture(null);
    }

    private static void check(PartnerName partner, String credentials) {
        if (!partner.value().equals("square")) {
            throw new Refused(Problem.NO_CONSENT, "requests to " + partner + " are not authorised by merchants");
        }
        if (!credentials.equals("main")) {
            throw new Refused(Problem.UNKNOWN_CREDENTIALS, "the node has no such credentials");
        }
    }
}
