package dev.tournant.http.client.token;

import dev.tournant.model.PartnerName;

/** Whose token: a partner's, for the secrets that stand under one name in the nodes' configuration. */
public record TokenName(PartnerName partner, String credentials) {
    /** The name in the store. Neither part may hold a slash. */
    String key() {
        return partner + "/" + credentials;
    }

    @Override
    public String toString() {
        return key();
    }
}
