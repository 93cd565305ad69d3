package dev.tournant.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Call;
import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Fetch;
import dev.tournant.adapter.Hook;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Webhooks;
import dev.tournant.model.InvalidValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is logged, stored or shown holds no secret, even where a partner sends one back. */
final class SecretChecks {
    private static final String SECRET = Secrets.MARK + "0000ECHOED";
    private static final int[] STATUSES = {200, 400, 401, 403, 429, 500};

    private SecretChecks() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        "secrets-in-headers-only",
                        "an authorised request bears its secrets in headers, and not in its path or its text form",
                        null,
                        SecretChecks::requests),
                new Check(
                        "echoed-secrets-not-repeated",
                        "a secret that an answer echoes is not repeated in reasons",
                        null,
                        SecretChecks::answers),
                new Check(
                        "webhook-reasons-hold-no-secret",
                        "why a webhook is refused tells neither key nor signature",
                        Capability.WEBHOOKS,
                        SecretChecks::webhooks),
                new Check(
                        "readings-hold-no-secret",
                        "a secret in a member that nobody knows is not repeated in what is read",
                        null,
                        SecretChecks::readings));
    }

    private static void none(Object text, String document, String path, String secret) {
        if (String.valueOf(text).contains(secret)) {
            throw new Broken(new Finding(document, path, "holds the secret: " + text, null));
        }
    }

    private static void requests(Trial trial) {
        List<Request> all = new ArrayList<>(Requests.fetches(trial, trial.link()));
        for (Request bare : all) {
            trial.count();
            Request request = trial.adapter()
                    .authentication()
                    .authorise(
                            bare,
                            trial.subject().keyring(),
                            Requests.token(trial),
                            trial.subject().at());
            String document = "the authorised request " + bare;
            if (!request.path().equals(bare.path())) {
                throw new Broken(new Finding(document, "the path", "is another one, " + request.path(), null));
            }
            none(request.path(), document, "the path", Secrets.MARK);
            none(request, document, "its text form", Secrets.MARK);
        }
        for (Request request : Requests.tokens(trial)) {
            trial.count();
            none(request.path(), "the request for a token", "the path", Secrets.MARK);
            none(request, "the request for a token", "its text form", Secrets.MARK);
        }
        trial.count();
        none(trial.adapter(), "the adapter", "its text form", Secrets.MARK);
        none(trial.adapter().authentication(), "authentication()", "its text form", Secrets.MARK);
    }

    private static void answers(Trial trial) {
        List<Call> calls = trial.adapter().writing().isPresent() ? RefusalChecks.calls(trial) : List.of();
        for (Map.Entry<String, Answer> each : echoes(trial).entrySet()) {
            Sample about = Sample.of(
                    "the answer " + each.getKey(), null, each.getValue().body());
            none(trial.adapter().refusals().outcome(each.getValue()), about.name(), "refusals()", SECRET);
            for (String resource : trial.adapter().resources()) {
                trial.count();
                Fetch task = new Fetch(trial.link(), resource, null);
                Request asked = trial.open(task);
                none(trial.turn(task, asked, each.getValue(), about), about.name(), "turn of " + resource, SECRET);
            }
            for (Call call : calls) {
                trial.count();
                none(
                        trial.result(call, each.getValue(), about.name()).outcomes(),
                        about.name(),
                        "outcomes of " + call.request(),
                        SECRET);
            }
        }
    }

    private static Map<String, Answer> echoes(Trial trial) {
        Map<String, String> headers = Map.of(
                "set-cookie", "session=" + SECRET, "x-request", "Authorization: Bearer " + SECRET, "location", SECRET);
        Map<String, String> bodies = new LinkedHashMap<>();
        bodies.put("in its headers", "{}");
        bodies.put("in HTML", "<html>Authorization: Bearer " + SECRET + "</html>");
        bodies.put("in JSON", "{\"request\":{\"headers\":{\"authorization\":\"Bearer " + SECRET + "\"}}}");
        bodies.put("in its detail", Refusal.detailed(trial.adapter().refusals(), "Bearer " + SECRET + " is wrong"));
        bodies.put("in broken JSON", "{\"token\":\"" + SECRET);
        Map<String, Answer> all = new LinkedHashMap<>();
        for (int status : STATUSES) {
            bodies.forEach((where, body) -> all.put(
                    "HTTP " + status + " that echoes a secret " + where,
                    new Answer(
                            status,
                            headers,
                            body.getBytes(StandardCharsets.UTF_8),
                            trial.subject().at())));
        }
        return all;
    }

    private static void webhooks(Trial trial) {
        Webhooks webhooks = trial.adapter().webhooks().orElseThrow();
        for (Sample sample : trial.subject().samples().of(null)) {
            for (String path : List.of(trial.subject().webhookUrl(), "https://other.example/")) {
                trial.count();
                Hook unsigned = new Hook(trial.subject().webhookUrl(), sample.headers(), sample.body());
                try {
                    var hook = webhooks.scheme()
                            .sign(
                                    unsigned,
                                    trial.subject().keyring(),
                                    trial.subject().at());
                    var changed = new Hook(path, hook.headers(), Secrets.MARK.getBytes(StandardCharsets.UTF_8));
                    var verified = webhooks.scheme()
                            .verify(
                                    changed,
                                    trial.subject().keyring(),
                                    trial.subject().at());
                    none(verified.why(), sample.name(), "why it is refused", Secrets.MARK);
                } catch (InvalidValue unsignable) {
                    throw new NothingToCheck("the samples cannot be signed: " + unsignable.getMessage());
                }
            }
        }
    }

    private static void readings(Trial trial) {
        for (Sample sample : trial.subject().samples().all()) {
            sample.tree().ifPresent(document -> {
                JsonNode object = document.isArray() ? document.path(0) : document;
                if (object instanceof ObjectNode any) {
                    trial.count();
                    any.put("x_kit_token", SECRET);
                    Sample changed = sample.changed("with a secret in an unknown member", document);
                    none(trial.read(changed), changed.name(), "what is read", SECRET);
                }
            });
        }
    }
}
