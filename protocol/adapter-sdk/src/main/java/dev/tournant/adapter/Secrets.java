package dev.tournant.adapter;

/**
 * The secrets of one link. Never stored, logged or sent anywhere but to the partner.
 *
 * @param accessToken what requests are authorised with
 * @param signatureKey what webhooks are signed with
 */
public record Secrets(String accessToken, String signatureKey) {
    @Override
    public String toString() {
        return "Secrets[…]";
    }
}
