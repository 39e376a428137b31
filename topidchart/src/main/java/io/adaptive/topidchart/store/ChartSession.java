package io.adaptive.topidchart.store;

import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Embedded;

/**
 * A session as the database has it. Its progress is that of the last stored block.
 *
 * @param id {@code null} before it is stored
 * @param tag the first part of the address of its page
 * @param name the second part: date, time and a random word
 * @param keyHash the hash of the key that resumes it
 * @param opened when it was opened, in milliseconds since 1970
 * @param intervalSeconds the time between two samples
 * @param machine the machine that is sampled
 * @param progress how far it has come
 * @param ended whether no more samples are accepted
 * @param pinned whether it is kept regardless of age and size
 */
public record ChartSession(@Id @Nullable Long id, String tag, String name, String keyHash, long opened,
		int intervalSeconds, @Embedded(onEmpty = Embedded.OnEmpty.USE_EMPTY) Machine machine,
		@Embedded(onEmpty = Embedded.OnEmpty.USE_EMPTY) Progress progress, boolean ended, boolean pinned) {

	/**
	 * Returns the same with an id.
	 */
	public ChartSession withId(Long newId) {
		return new ChartSession(newId, this.tag, this.name, this.keyHash, this.opened, this.intervalSeconds,
				this.machine, this.progress, this.ended, this.pinned);
	}

	/**
	 * Returns the id of a session that is stored.
	 */
	public long storedId() {
		if (this.id == null) {
			throw new IllegalStateException("Session %s/%s is not stored".formatted(this.tag, this.name));
		}
		return this.id;
	}

}
