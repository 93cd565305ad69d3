package dev.tournant.conformance;

import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Call;
import dev.tournant.adapter.Fetch;
import dev.tournant.adapter.Plan;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.auth.AuthorizationCode;
import dev.tournant.adapter.auth.OAuth2;
import dev.tournant.adapter.auth.Token;
import dev.tournant.model.Link;
import dev.tournant.model.RecordKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The requests that an adapter makes, and what all of them have in common. */
final class Requests {
    private static final Pattern PATH = Pattern.compile("/([!-~&&[^/#\\\\]][!-~&&[^#\\\\]]*)?");
    private static final Pattern DOTS = Pattern.compile("(?i)(^|/)(\\.|%2e){1,2}(/|$)");
    private static final Pattern HEADER_VALUE = Pattern.compile("[ -~]*");

    private Requests() {}

    /** What is asked for when the samples are fetched, changed and taken away, and a token renewed. */
    static List<Request> all(Trial trial) {
        Set<Request> all = new LinkedHashSet<>(fetches(trial, trial.link()));
        trial.adapter().writing().ifPresent(writing -> {
            Known known = Known.of(trial);
            for (Map.Entry<RecordKey, dev.tournant.model.FieldMap> each :
                    known.stocked().entrySet()) {
                addAll(trial.plan(known.difference(Map.of(each.getKey(), each.getValue()), Set.of())), all);
            }
            known.changes()
                    .forEach((key, fields) -> addAll(trial.plan(known.difference(Map.of(key, fields), Set.of())), all));
            addAll(trial.plan(known.difference(Map.of(), known.remotes().keySet())), all);
        });
        all.addAll(tokens(trial));
        return new ArrayList<>(all);
    }

    private static void addAll(Plan plan, Set<Request> into) {
        plan.steps().forEach(step -> step.stream().map(Call::request).forEach(into::add));
    }

    static List<Request> fetches(Trial trial, Link link) {
        List<Request> all = new ArrayList<>();
        for (String resource : trial.adapter().resources()) {
            for (List<Sample> pages : Journey.fetches(trial, resource)) {
                Journey journey = Journey.of(trial, new Fetch(link, resource, null), pages);
                journey.steps().forEach(step -> all.add(step.asked()));
                String until = journey.until();
                if (until != null) {
                    Journey.of(trial, new Fetch(link, resource, until), pages)
                            .steps()
                            .forEach(step -> all.add(step.asked()));
                }
            }
        }
        return all;
    }

    static List<Request> tokens(Trial trial) {
        Adapter adapter = trial.adapter();
        List<Request> all = new ArrayList<>();
        if (adapter.authentication() instanceof OAuth2 scheme) {
            Token token = token(trial);
            scheme.renew(trial.subject().keyring(), token).ifPresent(all::add);
            if (scheme instanceof AuthorizationCode code) {
                all.add(code.exchange(trial.subject().keyring(), "code", "https://tournant.example/callback"));
            }
        }
        return all;
    }

    static Token token(Trial trial) {
        return new Token(
                Secrets.MARK + "Access",
                Secrets.MARK + "Refresh",
                trial.subject().at(),
                trial.subject().at().plusSeconds(3_600));
    }

    /** The path begins at the partner's base URL and stays below it. */
    static void checkShape(String document, Request request) {
        String path = request.path();
        int query = path.indexOf('?');
        String place = query < 0 ? path : path.substring(0, query);
        if (!PATH.matcher(path).matches()
                || place.contains("://")
                || DOTS.matcher(place).find()) {
            throw new Broken(new Finding(
                    document,
                    "the path of the request",
                    "\"" + path + "\" must begin with one / and hold printable ASCII without # and \\, no . or .. as a"
                            + " step, and no address: percent-encode what is put into it",
                    request.json()));
        }
        request.headers().forEach((name, value) -> {
            if (name.equalsIgnoreCase("authorization") || name.equalsIgnoreCase("host")) {
                throw header(document, name, "is added when the request is sent, never by the adapter", request);
            }
            if (!HEADER_VALUE.matcher(value).matches()) {
                throw header(document, name, "must hold printable ASCII, or it could begin another header", request);
            }
        });
    }

    private static Broken header(String document, String name, String why, Request request) {
        return new Broken(new Finding(document, "the header " + name + " of " + request, why, request.json()));
    }
}
