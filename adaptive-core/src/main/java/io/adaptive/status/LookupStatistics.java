package io.adaptive.status;

import java.util.Map;

import io.adaptive.message.Scope;

/**
 * The statistics of the lookups of a node since its start, without lookups of built-in
 * services.
 *
 * @param found the number of lookups that ended with a connection, by the scope of the
 * connection
 * @param timedOut the number of lookups that timed out
 * @param notThere the number of lookups without a timeout that found no instance
 * @param stopped the number of lookups that were closed or interrupted while they waited
 * @param waiting the number of lookups that are currently waiting
 * @param healed the number of lost connections that were re-established
 * @param notHealed the number of failed attempts to re-establish a connection
 */
public record LookupStatistics(Map<Scope, Long> found, long timedOut, long notThere, long stopped, int waiting,
		long healed, long notHealed) {
}
