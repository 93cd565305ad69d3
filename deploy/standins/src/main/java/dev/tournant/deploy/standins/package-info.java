/** Stateful programs that behave like the partners, traps included. */
@NullMarked
package dev.tournant.deploy.standins;

import org.jspecify.annotations.NullMarked;
