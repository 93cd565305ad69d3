package dev.tournant.conformance;

import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.Webhooks;
import dev.tournant.adapter.auth.AuthScheme;
import dev.tournant.adapter.auth.AuthorizationCode;
import dev.tournant.adapter.auth.ClientCredentials;
import dev.tournant.adapter.auth.RequestPart;
import dev.tournant.adapter.auth.SelfSignedJwt;
import dev.tournant.adapter.auth.SignedRequest;
import dev.tournant.adapter.auth.StaticHeader;
import dev.tournant.adapter.auth.TokenCall;
import dev.tournant.adapter.auth.Value;
import dev.tournant.adapter.signature.AllOf;
import dev.tournant.adapter.signature.HmacScheme;
import dev.tournant.adapter.signature.StaticToken;
import dev.tournant.adapter.signature.WebhookScheme;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Secrets for the names that an adapter's schemes ask for. */
final class Secrets {
    /** Stands in every secret that the kit makes up, so that one that leaks is found. */
    static final String MARK = "kitSecret";

    private Secrets() {}

    static Keyring of(Adapter adapter) {
        return of(names(adapter), "A");
    }

    /** Letters and digits only and a multiple of four: a key in any form. */
    static Keyring of(Set<String> names, String variant) {
        Map<String, List<String>> values = new TreeMap<>();
        int nth = 10;
        for (String name : names) {
            values.put(name, List.of(MARK + "0000" + variant + nth++));
        }
        return Keyring.of(values);
    }

    static Set<String> names(Adapter adapter) {
        Set<String> names = new TreeSet<>();
        names(adapter.authentication(), names);
        adapter.webhooks().map(Webhooks::scheme).ifPresent(scheme -> names(scheme, names));
        return names;
    }

    static void names(WebhookScheme scheme, Set<String> into) {
        if (scheme instanceof HmacScheme hmac) {
            into.add(hmac.key().name());
        } else if (scheme instanceof StaticToken token) {
            into.add(token.secret());
        } else if (scheme instanceof AllOf all) {
            all.schemes().forEach(each -> names(each, into));
        }
    }

    private static void names(AuthScheme scheme, Set<String> into) {
        if (scheme instanceof AuthorizationCode code) {
            names(code.exchange(), into);
            names(code.refresh(), into);
        } else if (scheme instanceof ClientCredentials client) {
            names(client.call(), into);
        } else if (scheme instanceof SelfSignedJwt jwt) {
            into.add(jwt.key());
            names(jwt.joseHeader().values(), into);
            names(jwt.claims().values(), into);
        } else if (scheme instanceof SignedRequest signed) {
            into.add(signed.key());
            Stream.concat(signed.before().stream(), signed.parts().stream())
                    .filter(RequestPart.Secret.class::isInstance)
                    .forEach(part -> into.add(((RequestPart.Secret) part).name()));
        } else if (scheme instanceof StaticHeader header) {
            into.add(header.secret());
        }
    }

    private static void names(TokenCall call, Set<String> into) {
        names(call.fields().values(), into);
        names(call.headers().values(), into);
    }

    private static void names(Collection<Value> values, Set<String> into) {
        for (Value value : values) {
            if (value instanceof Value.Secret secret) {
                into.add(secret.name());
            } else if (value instanceof Value.Basic basic) {
                into.add(basic.idName());
                into.add(basic.secretName());
            }
        }
    }
}
