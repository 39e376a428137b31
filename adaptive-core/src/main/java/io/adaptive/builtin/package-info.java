/**
 * The services that come with the framework, each written as a user would write it.
 */
@NullMarked
package io.adaptive.builtin;

import org.jspecify.annotations.NullMarked;
