/**
 * A stand-in of Toast. {@link dev.tournant.deploy.standins.toast.Restaurant} and what it holds know nothing of HTTP; the
 * routes, the webhooks and the editor stand around it.
 */
@NullMarked
package dev.tournant.deploy.standins.toast;

import org.jspecify.annotations.NullMarked;
