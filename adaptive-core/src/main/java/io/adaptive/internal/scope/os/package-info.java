/**
 * Room {@code scope.os}: OS scope, a directory of sockets. Runs on the threads of its
 * callers, and on the clock that checks the files of a node.
 */
@NullMarked
package io.adaptive.internal.scope.os;

import org.jspecify.annotations.NullMarked;
