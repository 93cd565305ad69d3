@NullMarked
package dev.tournant.deploy.standins.core;

import org.jspecify.annotations.NullMarked;
