@NullMarked
package dev.tournant.deploy.standins.square;

import org.jspecify.annotations.NullMarked;
