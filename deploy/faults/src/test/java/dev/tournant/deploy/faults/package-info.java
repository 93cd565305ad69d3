@NullMarked
package dev.tournant.deploy.faults;

import org.jspecify.annotations.NullMarked;
