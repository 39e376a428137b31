/**
 * Messages of the service {@code {gshell, daemon}}, for the command line. Jobs are named
 * by references: an id, the beginning of one of at least four digits, or a name, tried in
 * this order, in all groups unless one is named.
 */
@NullMarked
package io.adaptive.gshell.message;

import org.jspecify.annotations.NullMarked;
