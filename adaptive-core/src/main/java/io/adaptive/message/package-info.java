/**
 * API: the words of all other packages: names of services, scopes, instances, addresses,
 * types of messages, and the errors, whose root is
 * {@link io.adaptive.message.AdaptiveException}. Nothing here depends on a library.
 */
@NullMarked
package io.adaptive.message;

import org.jspecify.annotations.NullMarked;
