/**
 * API: the messages of built-in services that programs may ask: {@code
 * builtin/providerInfo}, {@code builtin/registryInfo} and {@code builtin/IPObserver}.
 * {@code docs/protocol.md} lists all built-in services.
 */
@NullMarked
package io.adaptive.builtin;

import org.jspecify.annotations.NullMarked;
