/**
 * API: the annotations for Spring applications. Start with
 * {@link io.adaptive.spring.AdaptiveService} for a service and
 * {@link io.adaptive.spring.Discover} for a client.
 */
@NullMarked
package io.adaptive.spring;

import org.jspecify.annotations.NullMarked;
