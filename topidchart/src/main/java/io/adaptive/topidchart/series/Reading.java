package io.adaptive.topidchart.series;

/**
 * What a sample says of one series.
 *
 * @param key the series
 * @param name the name of the process, which may change
 * @param user processor time in user mode, in hundredths of a percent of one processor
 * @param system processor time in the kernel, in the same unit
 * @param memory memory in kilobytes, below zero if it is not known
 */
public record Reading(SeriesKey key, String name, int user, int system, long memory) {

}
