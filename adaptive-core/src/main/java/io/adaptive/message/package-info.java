/**
 * API: the vocabulary of all other packages: service names, scopes, instances, endpoints,
 * message types and errors. The root of the errors is
 * {@link io.adaptive.message.AdaptiveException}. This package depends on no library.
 */
@NullMarked
package io.adaptive.message;

import org.jspecify.annotations.NullMarked;
