@NullMarked
package dev.tournant.deploy.standins.doordash;

import org.jspecify.annotations.NullMarked;
