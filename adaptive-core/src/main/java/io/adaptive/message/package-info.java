/**
 * The words every other room speaks: names, scopes, instances, what travels (envelope and
 * payload), and the errors.
 */
@NullMarked
package io.adaptive.message;

import org.jspecify.annotations.NullMarked;
