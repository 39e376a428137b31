package io.adaptive.topidchart.page;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The page.
 *
 * @param host host name in the addresses of pages that collectors are told; by default
 * the address that the page listens at or the collector has connected to
 * @param hosts further host names that browsers may use; addresses, localhost and host
 * are always accepted
 * @param maxWidth maximum number of steps of a chart
 * @param maxSeries maximum number of processes of a chart, the rest is one series
 * @param maxSessions maximum number of sessions in an answer; the page asks for earlier
 * ones
 */
@ConfigurationProperties("topidchart.page")
public record PageProperties(@DefaultValue("") String host, @DefaultValue List<String> hosts,
		@DefaultValue("2000") int maxWidth, @DefaultValue("30") int maxSeries, @DefaultValue("500") int maxSessions) {

}
