/**
 * The scopes in which services are announced and found, and the search through them,
 * nearest first.
 */
@NullMarked
package io.adaptive.discovery;

import org.jspecify.annotations.NullMarked;
