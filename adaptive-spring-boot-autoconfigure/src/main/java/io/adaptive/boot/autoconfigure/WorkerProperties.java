package io.adaptive.boot.autoconfigure;

import io.adaptive.internal.stream.ReceiveBudget;
import io.adaptive.settings.ScaleFactors;
import io.adaptive.settings.WorkerKind;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Worker threads that run message handlers.
 *
 * @param kind Kind of threads. By default, as set by spring.threads.virtual.enabled; if
 * that is not set, virtual threads on Java 24 and later, platform threads on earlier
 * versions.
 * @param resident Number of workers that stay idle when no message waits.
 * @param queueSizePerCore Number of messages per core that may wait for a worker before
 * senders are blocked.
 * @param queueMemory Total size of the messages that may wait on all connections before
 * senders are blocked, including partially received messages. By default, a quarter of
 * the heap.
 * @param queueWeight Number of waiting messages for which one more worker is started. If
 * negative, the pool is fixed and always has the resident workers.
 * @param max Maximum number of workers. By default, or if 0, 10000 virtual or 1024
 * platform threads.
 * @param shedding Whether messages are refused while the queue is full, instead of
 * blocking their senders.
 */
public record WorkerProperties(@Nullable WorkerKind kind, @DefaultValue("1") int resident,
		@DefaultValue("128") int queueSizePerCore, @Nullable DataSize queueMemory, @DefaultValue("8") int queueWeight,
		@Nullable Integer max, @DefaultValue("false") boolean shedding) {

	public WorkerProperties {
		scaleFactors(resident, queueSizePerCore, queueWeight, max);
		if (queueMemory != null) {
			ReceiveBudget.checkMemory(queueMemory.toBytes());
		}
	}

	ScaleFactors scaleFactors() {
		return scaleFactors(this.resident, this.queueSizePerCore, this.queueWeight, this.max);
	}

	private static ScaleFactors scaleFactors(int resident, int queueSizePerCore, int queueWeight,
			@Nullable Integer max) {
		return new ScaleFactors(resident, queueSizePerCore, queueWeight, (max != null) ? max : 0);
	}

}
