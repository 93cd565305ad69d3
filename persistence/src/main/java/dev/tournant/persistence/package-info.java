/**
 * What is remembered. The types here are stored for ever: their fields are never renamed or lost, each version has a
 * golden file that must still load, and a change comes with a migration.
 */
@NullMarked
package dev.tournant.persistence;

import org.jspecify.annotations.NullMarked;
