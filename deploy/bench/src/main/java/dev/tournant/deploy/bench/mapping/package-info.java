/** How fast documents of partners become records: the lenses beside the same mapping by hand. */
@NullMarked
package dev.tournant.deploy.bench.mapping;

import org.jspecify.annotations.NullMarked;
