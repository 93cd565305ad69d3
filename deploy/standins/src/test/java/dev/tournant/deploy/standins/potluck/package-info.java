@NullMarked
package dev.tournant.deploy.standins.potluck;

import org.jspecify.annotations.NullMarked;
