package dev.tournant.messages;

import dev.tournant.model.MerchantId;
import dev.tournant.model.MerchantProfile;

/** What is known of a merchant without asking it. */
public record DirectoryEntry(MerchantId id, long revision, MerchantProfile profile) {}
