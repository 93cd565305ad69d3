/** Finding adapters: on the class path, and as manifests and jars in a folder. No Akka, so that a command line starts at once. */
@NullMarked
package dev.tournant.deploy.plugins;

import org.jspecify.annotations.NullMarked;
