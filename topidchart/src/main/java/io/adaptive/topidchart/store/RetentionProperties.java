package io.adaptive.topidchart.store;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much is kept.
 *
 * @param age age at which samples are deleted, unless their session is pinned
 * @param size size of all samples of sessions that are not pinned, above which the oldest
 * session is deleted, or the oldest tenth of one that has not ended, unless it is pinned
 */
@ConfigurationProperties("topidchart.retention")
public record RetentionProperties(@DefaultValue("30d") Duration age, @DefaultValue("2GB") DataSize size) {

	/**
	 * Checks both.
	 */
	public RetentionProperties {
		if (age.toMillis() < 1 || size.toBytes() < 1) {
			throw new IllegalArgumentException("topidchart.retention.age and size are above zero");
		}
	}

}
