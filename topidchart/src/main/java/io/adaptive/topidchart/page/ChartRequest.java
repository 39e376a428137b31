package io.adaptive.topidchart.page;

/**
 * What a visitor wants to see.
 *
 * @param from when the charts begin, in milliseconds since 1970
 * @param to when they end
 * @param width how many steps they have at most
 * @param filter which processes are not shown
 * @param top how many processes are shown at most
 * @param machine whether series of the machine are shown
 */
record ChartRequest(long from, long to, int width, String filter, int top, boolean machine) {

}
