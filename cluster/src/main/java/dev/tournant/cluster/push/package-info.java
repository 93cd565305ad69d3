/** Tells partners: carries out the differences that merchants hand over. */
@NullMarked
package dev.tournant.cluster.push;

import org.jspecify.annotations.NullMarked;
