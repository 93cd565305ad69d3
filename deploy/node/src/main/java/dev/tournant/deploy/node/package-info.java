/** The node: where cluster and http are joined. */
@NullMarked
package dev.tournant.deploy.node;

import org.jspecify.annotations.NullMarked;
