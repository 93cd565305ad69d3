/** Hurts a small cluster under load, and judges by a replay whether what was acknowledged is there; see the README. */
@NullMarked
package dev.tournant.deploy.faults;

import org.jspecify.annotations.NullMarked;
