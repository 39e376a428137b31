/**
 * API: publishing services. Start with
 * {@link io.adaptive.server.Service#named(String, String)}, add handlers, and publish the
 * service with the {@link io.adaptive.server.AdaptiveServer} of a node.
 */
@NullMarked
package io.adaptive.server;

import org.jspecify.annotations.NullMarked;
