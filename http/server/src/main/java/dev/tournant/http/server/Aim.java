package dev.tournant.http.server;

import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import org.jspecify.annotations.Nullable;

/**
 * What a command about links is meant for.
 *
 * @param link null for all of the merchant's
 */
record Aim(MerchantId merchant, @Nullable LinkId link) {}
