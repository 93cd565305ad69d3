package dev.tournant.conformance;

import dev.tournant.adapter.Call;
import dev.tournant.adapter.Plan;
import dev.tournant.adapter.Request;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Link;
import dev.tournant.model.RecordKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is sent: where it goes, and whether it may be sent twice. */
final class RequestChecks {
    private static final Set<String> SAFE = Set.of("GET", "HEAD");
    /** All that ids may hold besides letters and digits. */
    private static final String NAME = "a#b:c~d..e_-";

    private RequestChecks() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        "requests-stay-below-base-url",
                        "no request leaves the partner's base URL or bears an authorisation",
                        null,
                        RequestChecks::shape),
                new Check(
                        "names-are-encoded",
                        "accounts and locations of any name stay one step of the path",
                        null,
                        RequestChecks::names),
                new Check(
                        "safe-methods-are-repeatable",
                        "a GET may be sent twice, and says so",
                        null,
                        RequestChecks::safe),
                new Check(
                        "plans-are-reproducible",
                        "the same plan made again is the same, and another plan's requests for new records differ",
                        null,
                        RequestChecks::plans));
    }

    private static void shape(Trial trial) {
        for (Request request : Requests.all(trial)) {
            trial.count();
            Requests.checkShape("the request " + request, request);
        }
    }

    private static void names(Trial trial) {
        Link plain = trial.link();
        Link odd = new Link(
                plain.id(), plain.partner(), NAME, plain.location() == null ? null : NAME, plain.credentials());
        List<Request> usual = Requests.fetches(trial, plain);
        List<Request> other = Requests.fetches(trial, odd);
        for (int i = 0; i < Math.min(usual.size(), other.size()); i++) {
            trial.count();
            Request request = other.get(i);
            String document = "a request for the account or location " + NAME;
            Requests.checkShape(document, request);
            boolean same = steps(request) == steps(usual.get(i));
            if (!same) {
                throw new Broken(new Finding(
                        document,
                        "the path of the request",
                        request.path() + " has other steps than " + usual.get(i).path()
                                + ": percent-encode what is put into it",
                        null));
            }
        }
    }

    private static long steps(Request request) {
        String path = request.path();
        int query = path.indexOf('?');
        return (query < 0 ? path : path.substring(0, query))
                .chars()
                .filter(each -> each == '/')
                .count();
    }

    private static void safe(Trial trial) {
        for (Request request : Requests.all(trial)) {
            if (SAFE.contains(request.method())) {
                trial.count();
                if (!request.repeatable()) {
                    throw new Broken(new Finding(
                            "the request " + request,
                            "repeatable",
                            "is false, but " + request.method() + " changes" + " nothing at the partner",
                            request.json()));
                }
            }
        }
    }

    private static void plans(Trial trial) {
        trial.writing();
        Known known = Known.of(trial);
        List<Map<RecordKey, FieldMap>> tellings =
                List.of(known.changes(), known.stocked(), known.copies(), known.described());
        for (Map<RecordKey, FieldMap> wanted : tellings) {
            trial.count();
            Plan plan = trial.plan(known.difference(wanted, Set.of()));
            if (!plan.equals(trial.plan(known.difference(wanted, Set.of())))) {
                throw plan("is another one when it is made again from the same difference");
            }
        }
        Map<RecordKey, FieldMap> fresh = known.copies();
        List<Request> one = creating(trial.plan(known.difference(fresh, Set.of(), "nonce-1")), fresh.keySet());
        List<Request> other = creating(trial.plan(known.difference(fresh, Set.of(), "nonce-2")), fresh.keySet());
        for (Request request : one) {
            if (request.repeatable() && other.contains(request)) {
                throw new Broken(new Finding(
                        "the request " + request + ", which makes new records",
                        "repeatable",
                        "is true, but the request is the same under another nonce: without a key of its own the partner"
                                + " would make the records again, or take a later plan for this one",
                        request.json()));
            }
        }
    }

    private static List<Request> creating(Plan plan, Set<RecordKey> fresh) {
        List<Request> requests = new ArrayList<>();
        for (List<Call> step : plan.steps()) {
            for (Call call : step) {
                boolean post = call.request().method().equals("POST");
                if (post && call.about().keySet().stream().anyMatch(fresh::contains)) {
                    requests.add(call.request());
                }
            }
        }
        return requests;
    }

    private static Broken plan(String why) {
        return new Broken(new Finding("a plan", "$", why, null));
    }
}
