/**
 * The samples, away from this project.
 */
@NullMarked
package io.adaptive.sample.copyout;

import org.jspecify.annotations.NullMarked;
