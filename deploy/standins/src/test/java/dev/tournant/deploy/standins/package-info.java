@NullMarked
package dev.tournant.deploy.standins;

import org.jspecify.annotations.NullMarked;
