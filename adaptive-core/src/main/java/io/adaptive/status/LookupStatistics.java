package io.adaptive.status;

import java.util.Map;

import io.adaptive.message.Scope;

/**
 * What a node looked for since it started, services of the framework apart.
 *
 * @param found lookups that ended with a connection, by the scope it goes to
 * @param timedOut lookups that waited in vain
 * @param notThere lookups that were not to wait and found nothing
 * @param stopped lookups that were closed or interrupted while they waited
 * @param waiting lookups that wait now
 * @param healed connections that were lost and lead to an instance again
 * @param notHealed attempts to make a lost connection again that failed
 */
public record LookupStatistics(Map<Scope, Long> found, long timedOut, long notThere, long stopped, int waiting,
		long healed, long notHealed) {
}
