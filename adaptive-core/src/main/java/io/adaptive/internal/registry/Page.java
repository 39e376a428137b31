package io.adaptive.internal.registry;

import java.util.List;

/**
 * Part of the answer to a query.
 *
 * @param nodes nodes with the services that were looked for
 * @param next from where the next part goes on, zero if there is none
 */
public record Page(List<Registration> nodes, long next) {
}
