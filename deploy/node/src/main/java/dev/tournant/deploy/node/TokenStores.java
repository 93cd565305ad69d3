package dev.tournant.deploy.node;

import akka.actor.typed.ActorSystem;
import dev.tournant.adapter.auth.AuthScheme;
import dev.tournant.adapter.auth.OAuth2;
import dev.tournant.http.client.token.TokensInMemory;
import dev.tournant.messages.TokenStore;
import dev.tournant.model.PartnerName;
import dev.tournant.persistence.CassandraTokens;
import dev.tournant.persistence.TokenSeal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where this node keeps tokens: in Cassandra if it has a key to seal them with, else in its memory. */
final class TokenStores {
    private TokenStores() {}

    /** Throws {@link com.typesafe.config.ConfigException} for a malformed key. */
    static TokenStore open(ActorSystem<?> system, Map<PartnerName, AuthScheme> schemes) {
        Optional<TokenSeal> seal = TokenSeal.of(system.settings().config());
        if (seal.isPresent()) {
            return CassandraTokens.create(system, seal.get());
        }
        List<PartnerName> obtaining = schemes.keySet().stream()
                .filter(partner -> schemes.get(partner) instanceof OAuth2)
                .sorted()
                .toList();
        if (!obtaining.isEmpty()) {
            system.log()
                    .warn(
                            "{} is not set: each node obtains tokens of its own for {} and keeps them in memory only;"
                                    + " merchants' codes are refused. Credentials with an access-token are not concerned",
                            TokenSeal.PATH,
                            obtaining);
        }
        return new TokensInMemory(System::nanoTime);
    }
}
