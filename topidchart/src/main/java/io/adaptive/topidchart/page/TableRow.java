package io.adaptive.topidchart.page;

/**
 * A process, or a series of the machine, in a sample.
 *
 * @param key what names the series in live samples
 * @param name name and id of a process, or the name of a series of the machine
 * @param machine whether it is one of the machine
 * @param millis when the sample was taken, in milliseconds since 1970
 * @param user processor time in user mode, in percent of one processor
 * @param system processor time in the kernel, in percent of one processor
 * @param memory memory in kilobytes, below zero if it is not known
 */
record TableRow(String key, String name, boolean machine, long millis, double user, double system, long memory) {

}
