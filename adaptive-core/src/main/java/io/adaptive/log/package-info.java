/**
 * How the framework writes its log.
 */
@NullMarked
package io.adaptive.log;

import org.jspecify.annotations.NullMarked;
