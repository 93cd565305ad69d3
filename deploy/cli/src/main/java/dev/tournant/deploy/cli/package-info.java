/** The command line for integrators: makes, checks and tries adapters. */
@NullMarked
package dev.tournant.deploy.cli;

import org.jspecify.annotations.NullMarked;
