/**
 * Auto-configuration: a node, a server and a client from {@code adaptive.*} properties,
 * and the life of the services that beans declare.
 */
@NullMarked
package io.adaptive.boot.autoconfigure;

import org.jspecify.annotations.NullMarked;
