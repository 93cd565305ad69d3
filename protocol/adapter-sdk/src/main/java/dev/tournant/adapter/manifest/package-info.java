/**
 * A partner as one YAML file: what is data in an adapter (authorisation, signatures, paging, limits, errors) and its
 * mapping, in the vocabulary of the lenses. {@code Yaml} knows where in the file a value stands; the binders make the
 * values that the SDK has for code; {@code ManifestAdapter} runs them.
 */
@NullMarked
package dev.tournant.adapter.manifest;

import org.jspecify.annotations.NullMarked;
