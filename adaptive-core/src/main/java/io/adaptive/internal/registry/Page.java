package io.adaptive.internal.registry;

import java.util.List;

/**
 * Page of the result of a query.
 *
 * @param nodes nodes with their services that match the pattern
 * @param next the start of the next page, zero if this is the last one
 */
public record Page(List<Registration> nodes, long next) {
}
