/**
 * The merchant: an actor that owns one store's state. {@link dev.tournant.cluster.merchant.MerchantRules} decides and
 * {@link dev.tournant.cluster.merchant.MerchantState} follows, both pure; {@link
 * dev.tournant.cluster.merchant.Merchant} is the shell that waits, writes and answers.
 */
@NullMarked
package dev.tournant.cluster.merchant;

import org.jspecify.annotations.NullMarked;
