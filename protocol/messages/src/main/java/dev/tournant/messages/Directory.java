package dev.tournant.messages;

import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.PartnerName;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which merchants there are and where their links lead. Each node holds all of it in memory; it follows the merchants
 * within milliseconds, not at once.
 */
public interface Directory {
    Optional<Route> route(LinkId link);

    /** Where the links to an account of a partner lead; {@code location} null for all of the account's. */
    List<Route> routes(PartnerName partner, String account, @Nullable String location);

    /** Merchants in order of id, after {@code after} or from the first; at most {@code limit}. */
    List<DirectoryEntry> merchants(@Nullable MerchantId after, int limit);

    /** How many merchants there are. */
    int size();

    /** Whether everything that was known when this node started has been read. */
    boolean isComplete();

    /**
     * A link and the merchant that it belongs to.
     *
     * @param currency the merchant's
     */
    record Route(MerchantId merchant, Link link, Currency currency) {}
}
