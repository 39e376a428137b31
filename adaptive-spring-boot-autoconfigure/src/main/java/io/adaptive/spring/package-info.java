/**
 * The annotations a Spring application writes.
 */
@NullMarked
package io.adaptive.spring;

import org.jspecify.annotations.NullMarked;
