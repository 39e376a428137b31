/**
 * The seams between publishing and finding: {@link io.adaptive.registry.Announcer} and
 * {@link io.adaptive.registry.Lookup}.
 */
@NullMarked
package io.adaptive.registry;

import org.jspecify.annotations.NullMarked;
