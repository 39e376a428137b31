/**
 * From a message to its handler: the handler table and the pool of workers.
 */
@NullMarked
package io.adaptive.dispatch;

import org.jspecify.annotations.NullMarked;
