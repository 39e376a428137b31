/**
 * API: the messages of the built-in services for applications:
 * {@code builtin/providerInfo}, {@code builtin/registryInfo} and
 * {@code builtin/IPObserver}. {@code docs/protocol.md} lists all built-in services.
 */
@NullMarked
package io.adaptive.builtin;

import org.jspecify.annotations.NullMarked;
