/** DoorDash Marketplace: menus that are pushed or pulled whole, and whether a store takes orders. */
@NullMarked
package dev.tournant.adapters.doordash;

import org.jspecify.annotations.NullMarked;
