@NullMarked
package dev.tournant.deploy.faults.proxy;

import org.jspecify.annotations.NullMarked;
