/**
 * A stand-in of DoorDash Marketplace's menu API. {@link dev.tournant.deploy.standins.doordash.Store} and the rules of menus
 * know nothing of HTTP; the routes, the jobs, the webhooks and the pulls stand around them.
 */
@NullMarked
package dev.tournant.deploy.standins.doordash;

import org.jspecify.annotations.NullMarked;
