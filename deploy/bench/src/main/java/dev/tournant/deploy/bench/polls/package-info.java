/** The poll scheduler against partners with known truth, beside what others do, on the same events. */
@NullMarked
package dev.tournant.deploy.bench.polls;

import org.jspecify.annotations.NullMarked;
