/**
 * Message types as methods of services and client interfaces declare them.
 */
@NullMarked
package io.adaptive.spring.message;

import org.jspecify.annotations.NullMarked;
