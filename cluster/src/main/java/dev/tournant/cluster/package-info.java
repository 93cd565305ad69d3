/** What is decided, and the streams that feed and drain it. */
@NullMarked
package dev.tournant.cluster;

import org.jspecify.annotations.NullMarked;
