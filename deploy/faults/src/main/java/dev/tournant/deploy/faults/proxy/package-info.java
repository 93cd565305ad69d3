/** TCP connections between nodes that can be cut by whom they come from and whom they lead to. */
@NullMarked
package dev.tournant.deploy.faults.proxy;

import org.jspecify.annotations.NullMarked;
