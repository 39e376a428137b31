/**
 * Whole applications, together with what else they use.
 */
@NullMarked
package io.adaptive.integration;

import org.jspecify.annotations.NullMarked;
