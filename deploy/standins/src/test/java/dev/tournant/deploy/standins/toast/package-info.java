@NullMarked
package dev.tournant.deploy.standins.toast;

import org.jspecify.annotations.NullMarked;
