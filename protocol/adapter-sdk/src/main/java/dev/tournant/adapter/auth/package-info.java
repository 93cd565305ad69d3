/**
 * How requests to partners are authorised, as data: what a partner's manifest says, and pure functions that ask for
 * tokens, read the answers and add what a request needs. Sending, waiting, storing tokens and the clock belong to
 * whoever calls it.
 */
@NullMarked
package dev.tournant.adapter.auth;

import org.jspecify.annotations.NullMarked;
