@NullMarked
package dev.tournant.deploy.bench;

import org.jspecify.annotations.NullMarked;
