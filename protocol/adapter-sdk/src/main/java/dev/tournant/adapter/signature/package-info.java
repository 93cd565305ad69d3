/**
 * How webhooks are signed, as data: what a partner's manifest says, and pure functions that verify and sign by it.
 * Nothing here reads a clock. No reason given for our logs holds a secret, an expected signature or anything that the
 * sender wrote.
 */
@NullMarked
package dev.tournant.adapter.signature;

import org.jspecify.annotations.NullMarked;
