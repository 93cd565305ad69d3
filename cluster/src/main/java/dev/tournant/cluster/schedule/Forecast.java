package dev.tournant.cluster.schedule;

/**
 * What a pool would come to, by its beliefs.
 *
 * @param fresh the share of resources that would be fresh, by weight, with the intervals and maximum ages of their classes; where calls
 *     do not suffice for these ages, all of them are exceeded in proportion
 * @param freshMost the same for a schedule that counts freshness only, and knows neither intervals nor ages: what none exceeds
 * @param lagSeconds from a change until it is seen, the mean over changes by weight
 * @param price by how much freshness, as a sum over resources by weight, would rise with one more call a second
 */
public record Forecast(double fresh, double freshMost, double lagSeconds, double price) {}
