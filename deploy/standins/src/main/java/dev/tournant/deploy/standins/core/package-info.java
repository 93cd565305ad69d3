/** What every stand-in needs: a place on the loopback interface, answers, dice, webhooks on their way, counters. */
@NullMarked
package dev.tournant.deploy.standins.core;

import org.jspecify.annotations.NullMarked;
