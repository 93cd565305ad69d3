/** Toast: restaurants, published menus and stock. */
@NullMarked
package dev.tournant.adapters.toast;

import org.jspecify.annotations.NullMarked;
