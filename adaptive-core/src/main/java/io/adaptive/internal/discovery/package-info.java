/**
 * Room {@code discovery}: the search for services in all scopes, nearest first, and the
 * common parts of their lookups: watches, waiting searches, silent instances, counters.
 * Uses {@code beacon} and {@code transport}. Runs on the threads of its callers.
 */
@NullMarked
package io.adaptive.internal.discovery;

import org.jspecify.annotations.NullMarked;
