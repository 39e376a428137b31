/**
 * API: publishing. Begin with {@link io.adaptive.server.Service#named(String, String)},
 * give it handlers, and publish it by the {@link io.adaptive.server.AdaptiveServer} of a
 * node.
 */
@NullMarked
package io.adaptive.server;

import org.jspecify.annotations.NullMarked;
