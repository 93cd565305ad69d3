package dev.tournant.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a merchant to an account at a partner.
 *
 * @param account the merchant's account at the partner; at most {@value #NAME_CHARS_MAX} characters
 * @param location the location of that account which is this store; null where the partner has none
 * @param credentials the name under which the node's configuration holds the secrets of this link; never a secret
 * @param moreCredentials names of others for the same account, each with limits of its own at the partner, that calls may
 *     go out with as well; at most {@value #MORE_CREDENTIALS_MAX}. Each may do all that the link needs
 * @param direction which way values go
 * @param projection what the partner is shown, where values go there
 */
public record Link(
        LinkId id,
        PartnerName partner,
        String account,
        @Nullable String location,
        String credentials,
        List<String> moreCredentials,
        Direction direction,
        Projection projection) {
    public static final int NAME_CHARS_MAX = 128;
    public static final int MORE_CREDENTIALS_MAX = 7;

    /**
     * JSON: {@code {"id": "sq-1", "partner": "square", "account": "M1", "location": "L1", "credentials": "main",
     * "more-credentials": ["second"], "direction": "both", "projection": {…}}}; no more credentials, the direction read and
     * a projection that shows all are left out.
     */
    public static final Codec<Link> CODEC = Codec.of(Link::read, Link::write);

    private static final Codec<List<String>> MORE = Codecs.list(Codecs.text(NAME_CHARS_MAX), MORE_CREDENTIALS_MAX);

    public Link {
        Objects.requireNonNull(partner, "partner");
        if (id.equals(Provenance.API)) {
            throw new InvalidValue("\"" + id + "\" is the name of our own API; choose another").under("id");
        }
        checkName("account", account);
        checkName("credentials", credentials);
        if (location != null) {
            checkName("location", location);
        }
        moreCredentials = List.copyOf(moreCredentials);
        moreCredentials.forEach(name -> checkName("more-credentials", name));
        List<String> all = names(credentials, moreCredentials);
        if (all.size() > 1 + MORE_CREDENTIALS_MAX || new HashSet<>(all).size() < all.size()) {
            throw new InvalidValue("must be at most " + MORE_CREDENTIALS_MAX
                            + " names, each other than the rest and than the one of credentials")
                    .under("more-credentials");
        }
    }

    /** One that goes out with one set of credentials. */
    public Link(
            LinkId id,
            PartnerName partner,
            String account,
            @Nullable String location,
            String credentials,
            Direction direction,
            Projection projection) {
        this(id, partner, account, location, credentials, List.of(), direction, projection);
    }

    /** A link that only reads, as all did before there was a choice. */
    public Link(LinkId id, PartnerName partner, String account, @Nullable String location, String credentials) {
        this(id, partner, account, location, credentials, Direction.READ, Projection.ALL);
    }

    /** The same connection with values going another way, shown otherwise. */
    public Link with(Direction otherDirection, Projection otherProjection) {
        return new Link(id, partner, account, location, credentials, moreCredentials, otherDirection, otherProjection);
    }

    /** All names of credentials that calls may go out with, in the order of the link; one at least. */
    public List<String> allCredentials() {
        return names(credentials, moreCredentials);
    }

    /** The same connection by one set of credentials alone. */
    public Link by(String onlyCredentials) {
        return new Link(id, partner, account, location, onlyCredentials, direction, projection);
    }

    private static List<String> names(String first, List<String> more) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(more);
        return all;
    }

    private static void checkName(String what, String value) {
        Text.checkId(what, value, NAME_CHARS_MAX);
    }

    private static Link read(Object json) {
        Members in = Members.of(
                json,
                "id",
                "partner",
                "account",
                "location",
                "credentials",
                "more-credentials",
                "direction",
                "projection");
        return new Link(
                in.need("id", LinkId.CODEC),
                in.need("partner", PartnerName.CODEC),
                in.need("account", Codecs.text(NAME_CHARS_MAX)),
                in.get("location", Codecs.text(NAME_CHARS_MAX)),
                in.need("credentials", Codecs.text(NAME_CHARS_MAX)),
                in.get("more-credentials", MORE, List.of()),
                in.get("direction", Direction.CODEC, Direction.READ),
                in.get("projection", Projection.CODEC, Projection.ALL));
    }

    private static Object write(Link link) {
        return Members.out()
                .put("id", LinkId.CODEC, link.id)
                .put("partner", PartnerName.CODEC, link.partner)
                .put("account", Codecs.text(NAME_CHARS_MAX), link.account)
                .put("location", Codecs.text(NAME_CHARS_MAX), link.location)
                .put("credentials", Codecs.text(NAME_CHARS_MAX), link.credentials)
                .put("more-credentials", MORE, link.moreCredentials, List.of())
                .put("direction", Direction.CODEC, link.direction, Direction.READ)
                .put("projection", Projection.CODEC, link.projection, Projection.ALL)
                .map();
    }
}
