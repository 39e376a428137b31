/**
 * Room {@code discovery}: the scopes in which services are announced and found, and the
 * search through them, nearest first. Uses {@code beacon} and {@code transport}. Runs on
 * the threads of its callers.
 */
@NullMarked
package io.adaptive.internal.discovery;

import org.jspecify.annotations.NullMarked;
