package dev.tournant.adapter.auth;

import dev.tournant.adapter.FormBody;
import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The partner's page on which a merchant lets us in: RFC 6749, 4.1.1.
 *
 * @param path below the partner's base URL
 * @param parameters of the query besides {@code state}, which every request for consent has; at most {@value
 *     #PARAMETERS_MAX}. The client's secret never belongs among them: the merchant sees the page's address.
 */
public record ConsentPage(String path, Map<String, Value> parameters) {
    public static final int PARAMETERS_MAX = 32;

    public ConsentPage {
        Settings.path("path", path);
        Settings.list("parameters", List.copyOf(parameters.keySet()), 0, PARAMETERS_MAX);
        parameters.forEach((name, value) -> {
            Settings.text("parameters", name);
            boolean fits = value instanceof Value.Text
                    || (value instanceof Value.Secret secret && !secret.name().endsWith("secret"))
                    || value == Value.Given.REDIRECT_URI;
            if (!fits || name.equals("state")) {
                throw Settings.wrong("parameters." + name, "must be a text, the client's id or the redirect URI");
            }
        });
        parameters = Map.copyOf(parameters);
    }

    /** The client's id as {@code client-id}, and blanks between the scopes. */
    public static ConsentPage standard(String path, String scopes) {
        return new ConsentPage(
                path,
                Map.of(
                        "response_type", new Value.Text("code"),
                        "client_id", new Value.Secret("client-id"),
                        "scope", new Value.Text(scopes),
                        "redirect_uri", Value.Given.REDIRECT_URI));
    }

    public ConsentPage with(String parameter, Value value) {
        Map<String, Value> more = new LinkedHashMap<>(parameters);
        more.put(parameter, value);
        return new ConsentPage(path, more);
    }

    String pathAndQuery(Keyring keys, String redirectUri, String state) {
        Map<String, String> query = new TreeMap<>();
        parameters.forEach((name, value) ->
                query.put(name, Value.resolve(value, keys, Map.of(Value.Given.REDIRECT_URI, redirectUri))));
        query.put("state", state);
        return path + "?" + FormBody.of(query);
    }
}
