/**
 * Conversations over a link: connections, streams, calls and their answers, inboxes.
 */
@NullMarked
package io.adaptive.stream;

import org.jspecify.annotations.NullMarked;
