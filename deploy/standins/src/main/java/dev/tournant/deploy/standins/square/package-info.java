/**
 * A stand-in of Square. {@link dev.tournant.deploy.standins.square.Seller} and what it holds know nothing of HTTP; the
 * routes, the webhooks and the editor stand around it.
 */
@NullMarked
package dev.tournant.deploy.standins.square;

import org.jspecify.annotations.NullMarked;
