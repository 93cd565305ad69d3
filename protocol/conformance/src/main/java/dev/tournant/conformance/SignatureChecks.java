package dev.tournant.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Hook;
import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.Verification;
import dev.tournant.adapter.Webhooks;
import dev.tournant.adapter.signature.AllOf;
import dev.tournant.adapter.signature.HmacScheme;
import dev.tournant.adapter.signature.SignedPart;
import dev.tournant.adapter.signature.WebhookScheme;
import dev.tournant.model.InvalidValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Webhooks prove that they come from the partner, and what does not is refused. */
final class SignatureChecks {
    /** How a webhook is verified: the scheme by itself, but for tests of these checks. */
    @FunctionalInterface
    interface Verifier {
        Verification verify(WebhookScheme scheme, Hook hook, Keyring keys, Instant now);
    }

    private final Verifier verifier;

    SignatureChecks(Verifier verifier) {
        this.verifier = verifier;
    }

    static List<Check> all() {
        return new SignatureChecks(WebhookScheme::verify).checks();
    }

    List<Check> checks() {
        return List.of(
                check("signed-webhooks-accepted", "what the scheme signs is accepted", this::accepted),
                check("published-signatures-accepted", "what the partner signed itself is accepted", this::published),
                check("changed-bodies-refused", "a body that was changed after signing is refused", this::bodies),
                check(
                        "reserialised-json-refused",
                        "where the body is signed, the same JSON in other bytes is refused",
                        this::reserialised),
                check("changed-urls-refused", "where the URL is signed, another one is refused", this::urls),
                check("changed-headers-refused", "a header that proves something cannot be changed", this::headers),
                check("other-keys-refused", "only our keys fit, old ones while they are replaced", this::keys),
                check("old-webhooks-refused", "where the time is signed, an old webhook is refused", this::times));
    }

    private static Check check(String id, String name, Check.Rule rule) {
        return new Check(id, name, Capability.WEBHOOKS, rule);
    }

    /** A webhook of the samples, signed by the made-up key. */
    private record Signed(Trial trial, Sample sample, WebhookScheme scheme, Hook unsigned, Hook hook) {
        Instant now() {
            return trial.subject().at();
        }
    }

    private static WebhookScheme scheme(Trial trial) {
        return trial.adapter().webhooks().map(Webhooks::scheme).orElseThrow();
    }

    private static List<Signed> signed(Trial trial) {
        List<Signed> all = new ArrayList<>();
        for (Sample sample : trial.subject().samples().of(null)) {
            Hook unsigned = new Hook(trial.subject().webhookUrl(), sample.headers(), sample.body());
            try {
                Hook hook = scheme(trial)
                        .sign(
                                unsigned,
                                trial.subject().keyring(),
                                trial.subject().at());
                all.add(new Signed(trial, sample, scheme(trial), unsigned, hook));
            } catch (InvalidValue e) {
                throw Trial.broken(
                        sample,
                        e.path(),
                        "cannot be signed: " + e.getMessage() + ". Add what is missing to the sample or its headers");
            }
        }
        return all;
    }

    private Verification verify(Signed signed, Hook hook, Keyring keys, Instant now) {
        return signed.trial.guarded(signed.sample, "verify", () -> verifier.verify(signed.scheme, hook, keys, now));
    }

    private void refuse(Signed signed, Hook hook, Keyring keys, Instant now, String path, String what) {
        signed.trial.count();
        if (verify(signed, hook, keys, now).genuine()) {
            throw Trial.broken(signed.sample, path, what + ", and is accepted all the same");
        }
    }

    private void refuse(Signed signed, Hook hook, String path, String what) {
        refuse(signed, hook, signed.trial.subject().keyring(), signed.now(), path, what);
    }

    private static List<HmacScheme> hmacs(WebhookScheme scheme) {
        List<HmacScheme> all = new ArrayList<>();
        if (scheme instanceof HmacScheme hmac) {
            all.add(hmac);
        } else if (scheme instanceof AllOf several) {
            several.schemes().forEach(each -> all.addAll(hmacs(each)));
        }
        return all;
    }

    private static Hook with(Hook hook, byte[] body) {
        return new Hook(hook.url(), hook.headers(), body);
    }

    private void accepted(Trial trial) {
        for (Signed each : signed(trial)) {
            trial.count();
            Verification verified = verify(each, each.hook, trial.subject().keyring(), each.now());
            if (!verified.genuine()) {
                throw Trial.broken(each.sample, "$", "is refused, though the scheme signed it: " + verified.why());
            }
        }
    }

    private void published(Trial trial) {
        for (Sample sample : trial.subject().samples().of(null)) {
            ObjectNode vector = sample.signed();
            if (vector == null) {
                continue;
            }
            trial.count();
            Map<String, String> headers = new HashMap<>();
            vector.path("headers")
                    .fields()
                    .forEachRemaining(each -> headers.put(
                            each.getKey().toLowerCase(java.util.Locale.ROOT),
                            each.getValue().asText()));
            Map<String, List<String>> secrets = new HashMap<>();
            vector.path("secrets")
                    .fields()
                    .forEachRemaining(each ->
                            secrets.put(each.getKey(), List.of(each.getValue().asText())));
            Hook hook = new Hook(vector.path("url").asText(), headers, sample.body());
            Instant at = vector.has("at")
                    ? Instant.parse(vector.path("at").asText())
                    : trial.subject().at();
            Verification verified = trial.guarded(
                    sample, "verify", () -> verifier.verify(scheme(trial), hook, Keyring.of(secrets), at));
            if (!verified.genuine()) {
                throw Trial.broken(
                        sample,
                        "the scheme",
                        "does not accept what the partner signed (" + verified.why()
                                + "): look at its parts, their order, the form of key and signature");
            }
        }
        if (trial.cases() == 0) {
            throw new NothingToCheck(
                    "no webhook has a signature that the partner made: add NAME.signed.json where there is one, for"
                            + " nothing else proves that the scheme is the partner's");
        }
    }

    private static void need(boolean there, String what) {
        if (!there) {
            throw new NothingToCheck("the scheme signs no " + what);
        }
    }

    private void bodies(Trial trial) {
        need(!hmacs(scheme(trial)).isEmpty(), "body");
        for (Signed each : signed(trial)) {
            byte[] body = each.sample.body();
            for (int nth = 0; nth < 10 && body.length > 0; nth++) {
                byte[] other = body.clone();
                int at = trial.random().nextInt(body.length);
                other[at] ^= 1;
                refuse(each, with(each.hook, other), "byte " + at, "is changed after signing");
            }
            byte[] longer = java.util.Arrays.copyOf(body, body.length + 1);
            longer[body.length] = ' ';
            refuse(each, with(each.hook, longer), "the end", "is followed by a blank after signing");
            refuse(each, with(each.hook, new byte[0]), "$", "is emptied after signing");
        }
    }

    private void reserialised(Trial trial) {
        need(!hmacs(scheme(trial)).isEmpty(), "body");
        for (Signed each : signed(trial)) {
            JsonNode tree = each.sample.tree().orElse(null);
            if (tree != null) {
                byte[] other = (tree.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
                byte[] dense = tree.toString().getBytes(StandardCharsets.UTF_8);
                for (byte[] body : List.of(other, dense)) {
                    if (!java.util.Arrays.equals(body, each.sample.body())) {
                        refuse(
                                each,
                                with(each.hook, body),
                                "the body",
                                "is the same JSON in other bytes than were signed: verify the raw bytes, not what was"
                                        + " read of them");
                    }
                }
            }
        }
    }

    private void urls(Trial trial) {
        need(hmacs(scheme(trial)).stream().anyMatch(each -> each.parts().contains(SignedPart.URL)), "URL");
        for (Signed each : signed(trial)) {
            for (String url : List.of(each.hook.url() + "/", each.hook.url() + "?x=1", "https://evil.example/")) {
                Hook other = new Hook(url, each.hook.headers(), each.hook.body());
                refuse(each, other, "the URL", "is " + url + ", another one than was signed");
            }
        }
    }

    private void headers(Trial trial) {
        for (Signed each : signed(trial)) {
            Set<String> proving = new TreeSet<>(each.hook.headers().keySet());
            proving.removeIf(name -> each.unsigned.headers().containsKey(name));
            for (HmacScheme hmac : hmacs(each.scheme)) {
                hmac.parts().stream()
                        .filter(SignedPart.Header.class::isInstance)
                        .forEach(part -> proving.add(((SignedPart.Header) part).name()));
            }
            for (String name : proving) {
                String value = each.hook.headers().getOrDefault(name, "");
                refuse(each, each.hook.with(name, value + "x"), name, "has one letter more than was signed");
                refuse(each, each.hook.with(name, ""), name, "is emptied");
                Map<String, String> fewer = new HashMap<>(each.hook.headers());
                fewer.remove(name);
                refuse(each, new Hook(each.hook.url(), fewer, each.hook.body()), name, "is taken away");
            }
        }
    }

    private void keys(Trial trial) {
        Set<String> names = new TreeSet<>();
        Secrets.names(scheme(trial), names);
        Keyring other = Secrets.of(names, "B");
        for (Signed each : signed(trial)) {
            refuse(each, each.hook, other, each.now(), "the keyring", "holds another key than was signed with");
            refuse(each, each.hook, Keyring.of(), each.now(), "the keyring", "holds no key at all");
            Map<String, List<String>> both = new HashMap<>();
            names.forEach(name -> both.put(
                    name, List.of(other.current(name), trial.subject().keyring().current(name))));
            Verification verified = verify(each, each.hook, Keyring.of(both), each.now());
            if (!verified.genuine()) {
                throw Trial.broken(
                        each.sample,
                        "the keyring",
                        "holds the old key behind the new one, and what the old one signed is refused: "
                                + verified.why());
            }
        }
    }

    private void times(Trial trial) {
        List<HmacScheme> timed = hmacs(scheme(trial)).stream()
                .filter(each -> each.freshness() != null)
                .toList();
        need(!timed.isEmpty(), "time");
        for (Signed each : signed(trial)) {
            for (HmacScheme hmac : timed) {
                Instant later = each.now()
                        .plus(java.util.Objects.requireNonNull(hmac.freshness()).tolerance())
                        .plusSeconds(1);
                refuse(each, each.hook, trial.subject().keyring(), later, "the time", "is older than is tolerated");
            }
        }
    }
}
