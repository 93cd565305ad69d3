/** What each link of a merchant should show: pure functions of its projection and the merchant's records. */
@NullMarked
package dev.tournant.cluster.sync;

import org.jspecify.annotations.NullMarked;
