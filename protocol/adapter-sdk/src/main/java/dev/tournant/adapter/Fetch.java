package dev.tournant.adapter;

import dev.tournant.model.Link;
import org.jspecify.annotations.Nullable;

/**
 * A fetch of one resource.
 *
 * @param since the {@code until} of the fetch before; null reads everything
 */
public record Fetch(Link link, String resource, @Nullable String since) {}
