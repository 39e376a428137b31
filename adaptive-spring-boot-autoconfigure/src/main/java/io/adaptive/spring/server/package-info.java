/**
 * Implementation of the server annotations, which publishes beans as services.
 */
@NullMarked
package io.adaptive.spring.server;

import org.jspecify.annotations.NullMarked;
