/** What is known of a difference before anybody carries it out: how it is named, and how urgent it is. All of it is pure. */
@NullMarked
package dev.tournant.cluster.difference;

import org.jspecify.annotations.NullMarked;
