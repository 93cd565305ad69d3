/**
 * A stand-in of Potluck, the made-up partner of {@code protocol/examples}: a point of sale with ordinary REST and webhooks.
 * {@link dev.tournant.deploy.standins.potluck.Location} knows nothing of HTTP; routes, tokens and webhooks stand around it.
 */
@NullMarked
package dev.tournant.deploy.standins.potluck;

import org.jspecify.annotations.NullMarked;
