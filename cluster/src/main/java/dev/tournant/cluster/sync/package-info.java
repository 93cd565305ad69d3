/** How the links of a merchant agree, and what each of them should show: pure rules. */
@NullMarked
package dev.tournant.cluster.sync;

import org.jspecify.annotations.NullMarked;
