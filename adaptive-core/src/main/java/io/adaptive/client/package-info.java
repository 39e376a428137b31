/**
 * Discovering services and connecting to them.
 */
@NullMarked
package io.adaptive.client;

import org.jspecify.annotations.NullMarked;
