package dev.tournant.cluster.poll;

import dev.tournant.cluster.merchant.ReadPlan.FirstRead;
import dev.tournant.cluster.schedule.Belief;
import org.jspecify.annotations.Nullable;

/**
 * How a resource stands.
 *
 * @param first how far its first read is; null where none was begun, nobody has said so yet, or it is over
 */
record Standing(Belief belief, @Nullable FirstRead first) {}
