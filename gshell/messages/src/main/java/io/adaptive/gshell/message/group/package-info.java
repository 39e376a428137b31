/**
 * Messages of the service {@code {gshell, grg-NAME-VERSION}} of a runtime group. Jobs are
 * named by references: an id, the beginning of one of at least four digits, or a name,
 * tried in this order.
 */
@NullMarked
package io.adaptive.gshell.message.group;

import org.jspecify.annotations.NullMarked;
