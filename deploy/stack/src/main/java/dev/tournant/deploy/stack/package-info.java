/** Everything on one machine: what {@code deploy/run} starts, and what the end-to-end tests and benchmarks stand on. */
@NullMarked
package dev.tournant.deploy.stack;

import org.jspecify.annotations.NullMarked;
