package dev.tournant.adapter;

import dev.tournant.model.InvalidValue;
import dev.tournant.model.Link;
import dev.tournant.model.PartnerName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * On whose behalf a call goes out, and from where: whose limits it uses up. It holds no secret.
 *
 * @param credentials the name of the credentials in the node's configuration; those of one name have limits of their own
 * @param application which application at the partner the credentials belong to; {@value #ONE_FOR_ALL} where that is
 *     not known, so that all of ours at the partner count together
 * @param egress the address that we call from: nodes that share one have the same name for it
 * @param account null for a call that is for no account in particular, such as one for a token
 * @param location null for a call that is for no location in particular
 */
public record Party(
        PartnerName partner,
        String credentials,
        String application,
        String egress,
        @Nullable String account,
        @Nullable String location) {
    /** The application of credentials that do not tell theirs. */
    public static final String ONE_FOR_ALL = "all";

    /** The address where nothing else is said: all nodes together. */
    public static final String ONE_EGRESS = "default";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final String DIGEST_PREFIX = "client-";
    private static final int DIGEST_BYTES = 6;

    public Party {
        application = name("application", application);
        egress = name("egress", egress);
    }

    /** One whose application and address are not told apart from others. */
    public Party(PartnerName partner, String credentials, @Nullable String account, @Nullable String location) {
        this(partner, credentials, ONE_FOR_ALL, ONE_EGRESS, account, location);
    }

    /** A call for a link. {@link InvalidValue} where {@code keys} has an application that is no name. */
    public static Party of(Link link, Keyring keys, String egress) {
        return new Party(
                link.partner(), link.credentials(), application(keys), egress, link.account(), link.location());
    }

    /** A call for credentials as such: one that asks for their token. {@link InvalidValue} as {@link #of}. */
    public static Party of(PartnerName partner, String credentials, Keyring keys, String egress) {
        return new Party(partner, credentials, application(keys), egress, null, null);
    }

    /**
     * Which application credentials belong to: what they say themselves as {@code application}, else their {@code
     * client-id}, else {@value #ONE_FOR_ALL}. The client id is shortened to a digest: the name of a pool is shown and
     * stored, and nothing of a keyring may be.
     */
    public static String application(Keyring keys) {
        List<String> said = keys.all(Keyring.APPLICATION);
        List<String> client = keys.all(Keyring.CLIENT_ID);
        return !said.isEmpty() ? said.get(0) : client.isEmpty() ? ONE_FOR_ALL : DIGEST_PREFIX + digest(client.get(0));
    }

    private static String digest(String text) {
        try {
            byte[] whole = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(whole, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The same, if it may be part of a pool's name. The error does not repeat it: somebody may have written a secret. */
    public static String name(String field, String value) {
        if (!NAME.matcher(value).matches()) {
            throw Settings.wrong(
                    field, "must have 1 to 64 letters, digits and . _ - and begin with a letter or a digit");
        }
        return value;
    }
}
