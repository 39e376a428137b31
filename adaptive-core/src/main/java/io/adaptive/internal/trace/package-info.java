/**
 * Room {@code trace}: the marks of messages, the records of marked messages and of all
 * messages caused by them, and their texts and diagrams. Uses {@code message} and {@code
 * log}. Runs on the threads that send and handle.
 */
@NullMarked
package io.adaptive.internal.trace;

import org.jspecify.annotations.NullMarked;
