package io.adaptive.internal.client;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.client.Measurements;
import io.adaptive.client.Selection;
import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.message.ServiceInstance;
import org.jspecify.annotations.Nullable;

/**
 * Guards a {@link Selection}, which may be application code, so that its errors do not
 * end a search: an exception keeps the candidates in their order, elements that are no
 * candidates are dropped, and missing candidates are tried last.
 */
final class CheckedSelection {

	private static final KeyValueLogger logger = KeyValueLogger.of(AdaptiveClient.class);

	private CheckedSelection() {
	}

	static List<ServiceInstance> order(Selection selection, List<ServiceInstance> candidates,
			Measurements measurements) {
		if (candidates.size() == 1) {
			return candidates;
		}
		Set<ServiceInstance> ordered = new LinkedHashSet<>(ask(selection, candidates, measurements));
		ordered.retainAll(new HashSet<>(candidates));
		ordered.addAll(candidates);
		return List.copyOf(ordered);
	}

	private static List<ServiceInstance> ask(Selection selection, List<ServiceInstance> candidates,
			Measurements measurements) {
		try {
			@Nullable List<ServiceInstance> answer = selection.order(new ArrayList<>(candidates), measurements);
			if (answer != null) {
				return new ArrayList<>(answer);
			}
			logger.warn("selection gave no order, instances are tried as they were found selection={}",
					selection.getClass().getName());
		}
		catch (OutOfMemoryError ex) {
			throw ex;
		}
		catch (RuntimeException | Error ex) {
			logger.warn("selection failed, instances are tried as they were found selection={}",
					selection.getClass().getName(), ex);
		}
		return candidates;
	}

}
