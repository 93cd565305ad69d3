/**
 * The kit that tells whether an adapter is right. Checks are pure: they read no clock, open no socket and start no
 * thread; what they try is generated from a seed. A partner's stand-in is reached by way of {@link
 * dev.tournant.conformance.Counterpart}, which whoever runs the checks implements.
 */
@NullMarked
package dev.tournant.conformance;

import org.jspecify.annotations.NullMarked;
